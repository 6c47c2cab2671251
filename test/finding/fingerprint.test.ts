import { expect, it } from 'vitest';
import { fingerprint, fingerprints } from '../../lib/finding/fingerprint.ts';
import { at, deployment, finding } from './results.ts';

it.each([
  ['moves', { location: { ...at(300, 1), certainty: 'near' as const } }],
  ['is worded otherwise', { message: 'another', hint: 'Do this.', expected: 'that' }],
  ['changes its severity', { severity: 'warning' as const }],
  ['has another wrong value', { value: 'another' }],
  [
    'comes from another version of the API',
    {
      resource: { apiVersion: 'apps/v1beta1', kind: 'Deployment', namespace: 'shop', name: 'web' },
    },
  ],
])('a fingerprint stays when the finding %s', (_, more) => {
  expect(fingerprint(finding(more))).toBe(fingerprint(finding()));
  expect(fingerprint(finding())).toMatch(/^[0-9a-f]{64}$/);
});

it.each([
  ['environment', { environment: 'environments/y' }],
  ['code', { code: 'schema/wrong-value' as const }],
  ['object', deployment('other')],
  ['path', { path: ['spec', 'paused'] }],
  ['path, with a number in place of a name', { path: ['spec', 'replicas', 0] }],
])('it is another one with another %s', (_, more) => {
  expect(fingerprint(finding(more))).not.toBe(fingerprint(finding()));
});

it('findings that are equal are numbered: the first keeps its fingerprint when more come', () => {
  const findings = [
    finding(),
    finding({ message: 'another' }),
    finding(deployment('b')),
    finding(),
  ];
  const prints = [...fingerprints(findings).values()];
  expect(new Set(prints).size).toBe(4);
  expect(prints[0]).toBe(fingerprint(finding()));
  expect(prints[1]).toBe(fingerprint(finding(), 1));
});
