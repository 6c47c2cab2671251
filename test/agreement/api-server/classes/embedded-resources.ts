import type { Json } from '../../../../lib/model/node.ts';
import { type DefectClass, edited, type Valid } from '../corpus.ts';

const GOOD = { apiVersion: 'v1', kind: 'ConfigMap' };

const TEMPLATES: readonly Json[] = [
  GOOD,
  { kind: 'ConfigMap' },
  { apiVersion: 'v1' },
  {},
  { ...GOOD, apiVersion: '' },
  { ...GOOD, kind: '' },
  { ...GOOD, apiVersion: 'a/b/c' },
  { ...GOOD, kind: 'Config Map' },
  { ...GOOD, kind: '1a' },
  { ...GOOD, apiVersion: 1 },
  { ...GOOD, metadata: [] },
  { ...GOOD, metadata: { name: 'a', lables: {} } },
  { ...GOOD, metadata: { name: 'A/b' } },
  { ...GOOD, metadata: { labels: { 'a b': 'x' } } },
  { ...GOOD, metadata: { labels: { a: 1 } } },
  { ...GOOD, metadata: { annotations: { a: 'b c' } } },
  { ...GOOD, metadata: { namespace: 'A' } },
  { ...GOOD, metadata: {} },
  { ...GOOD, anything: { else: 1 } },
  'text',
];

/** Whole objects inside of another one. */
export const embeddedResources: DefectClass = {
  name: 'embedded resource',
  cases: (valid) => {
    const check = valid.find(({ kind }) => kind.kind === 'Check') as Valid;
    return TEMPLATES.map((template) => ({
      name: JSON.stringify(template),
      value: edited(check, ['spec', 'template'], template),
    }));
  },
};
