import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { compareManifests } from '../../../lib/compare/compare-manifests.ts';
import { parseManifests, type Manifest } from '../../../lib/manifest/parse-manifests.ts';
import { secretFields, valueAt } from '../../../lib/manifest/secret-fields.ts';
import type { PageEnvironment } from '../../../lib/preview/page/page-data.ts';
import type { Snapshot } from '../../../lib/preview/preview-session.ts';
import { projectWith, ROOT } from '../../cli/tankard.ts';
import { EMPTY, environmentOf, handSession, snapshotOf, type HandSession } from './hand-session.ts';
import { openSite, readEvents } from './page-site.ts';

/** Shorter texts are in the answers by chance. */
const SHORTEST = 6;

/** The values of Secrets in all the forms in which JSON may have them. */
function secretTextsOf(manifests: readonly Manifest[]): string[] {
  const found = manifests.flatMap(({ value }) =>
    secretFields(value).flatMap((field) => scalarsOf(valueAt(value, field))),
  );
  const forms = found.flatMap((text) => [text, Buffer.from(text, 'base64').toString('utf8')]);
  const lines = forms
    .flatMap((text) => text.split('\n'))
    .filter((line) => !line.startsWith('-----'));
  return [...new Set(lines.filter((text) => text.length >= SHORTEST && !text.includes('\uFFFD')))];
}

function scalarsOf(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(scalarsOf);
  return value === null || value === undefined ? [] : [`${value as string | number | boolean}`];
}

/** What the server says to all that can be asked. */
async function allAnswers(session: HandSession): Promise<string> {
  const site = await openSite({ session });
  const events = readEvents(site);
  await events.until(1);
  const texts: string[] = [];
  for (const { id } of session.list)
    for (const base of ['save', 'head', 'cluster']) {
      const query = `id=${encodeURIComponent(id)}&base=${base}`;
      const answer = await site.get(`api/environment?${query}`);
      const { resources, changes } = JSON.parse(answer.body) as PageEnvironment;
      texts.push(answer.body);
      for (const key of new Set([...resources, ...changes].map((one) => one.key))) {
        const { status, body } = await site.get(
          `api/resource?${query}&key=${encodeURIComponent(key)}`,
        );
        expect(status, body).toBe(200);
        texts.push(body);
      }
    }
  return [...texts, ...events.events].join('\n');
}

function withBefore(session: HandSession, before: Snapshot, after: Snapshot): void {
  const changes = compareManifests(before.manifests, after.manifests);
  session.befores.set('save', { label: 'save', before, changes });
  session.befores.set('cluster', { label: 'cluster', before: EMPTY, changes: [] });
}

function expectNone(answers: string, secrets: readonly string[]): void {
  for (const secret of secrets) {
    expect(answers).not.toContain(secret);
    expect(answers).not.toContain(JSON.stringify(secret).slice(1, -1));
  }
}

test('no value of a Secret of this repository is in any answer', async () => {
  const names = readdirSync(path.join(ROOT, 'environments'));
  let searched = 0;
  for (const name of names) {
    const snapshot = await snapshotOf(ROOT, `environments/${name}`);
    const secrets = secretTextsOf(snapshot.manifests);
    const session = handSession(ROOT, [environmentOf(`environments/${name}`, snapshot)]);
    const changes = compareManifests([], snapshot.manifests);
    session.befores.set('head', { label: 'HEAD', before: EMPTY, changes });
    expectNone(await allAnswers(session), secrets);
    searched += secrets.length;
  }
  expect(searched).toBeGreaterThan(5);
}, 120_000);

const VALUE = (nth: number): string => `hunter2-${nth}-do-not-show`;

/** Every place where people write credentials, with values that `VALUE` numbers. */
function mainOf(from: number): string {
  const v = (nth: number): string => VALUE(from + nth);
  return `
local meta(name) = { name: name, namespace: 'default' };
{
  data: { apiVersion: 'v1', kind: 'Secret', metadata: meta('data'), data: { p: std.base64('${v(0)}') } },
  text: { apiVersion: 'v1', kind: 'Secret', metadata: meta('text'), stringData: { p: '${v(1)}', lines: 'a\\n${v(2)}\\n' } },
  docker: { apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/dockerconfigjson', metadata: meta('docker'),
    data: { '.dockerconfigjson': std.base64(std.manifestJson({ auths: { x: {
      auth: std.base64('me:${v(3)}'), password: '${v(3)}' } } })) } },
  sealed: { apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', metadata: meta('sealed'),
    spec: { encryptedData: { p: 'AgB-encrypted-may-show' }, template: { data: { p: '${v(4)}' } } } },
  external: { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: meta('external'),
    spec: { secretStoreRef: { name: 's' }, target: { template: { data: { p: '${v(5)}', q: '{{ .may_show }}' } } },
      data: [{ secretKey: 'a', remoteRef: { key: 'b' } }] } },
  wrong: { apiVersion: 'v1', kind: 'Secret', metadata: meta('wrong'), data: ['${v(6)}'] },
  applied: { apiVersion: 'v1', kind: 'Secret', metadata: meta('applied') + { annotations: {
    'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"p":"${v(7)}"}}' } } },
  web: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: meta('web'), spec: {
    replicas: ${from + 1}, selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: {
      containers: [{ name: 'web', image: 'web:1', env: [
        { name: 'DB_PASSWORD', value: '${v(8)}' },
        { name: 'DATABASE', value: 'postgres://me:${v(9)}@db/x' },
        { name: 'API_TOKEN', value: ['${v(10)}'] },
        { name: 'LOG', value: 'may-show' },
      ] }] } } } },
}`;
}

test('no credential that a person wrote is in any answer, before or after a change', async () => {
  const cwd = await projectWith(mainOf(0));
  const other = await projectWith(mainOf(100));
  const [before, after] = [
    await snapshotOf(cwd, 'environments/x'),
    await snapshotOf(other, 'environments/x'),
  ];
  const session = handSession(other, [environmentOf('environments/x', after)]);
  withBefore(session, before, after);
  const [environment] = session.list;
  if (environment === undefined) throw new Error('no environment');
  const { findings } = after;
  const update = {
    environment: 'environments/x',
    isFirst: false,
    files: [],
    durationMs: 1,
    isMended: true,
  };
  session.list[0] = {
    ...environment,
    status: 'broken',
    problem: { findings },
    update: { ...update, changes: [], found: findings, gone: before.findings },
  };
  const answers = await allAnswers(session);
  for (let nth = 0; nth <= 10; nth += 1) {
    const values = [VALUE(nth), VALUE(100 + nth)];
    expectNone(answers, [
      ...values,
      ...values.map((value) => Buffer.from(value).toString('base64').replace(/=+$/, '')),
      ...values.map((value) => Buffer.from(`me:${value}`).toString('base64').replace(/=+$/, '')),
    ]);
  }
  // What is no secret is there; and that the secrets changed is said.
  for (const shown of [
    'AgB-encrypted-may-show',
    '{{ .may_show }}',
    'value: may-show',
    '"secret":true',
  ])
    expect(answers).toContain(shown);
  expect(parseManifests(after.yaml.toString())).toHaveLength(8);
});
