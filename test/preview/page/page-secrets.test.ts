import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { compareManifests } from '../../../lib/compare/compare-manifests.ts';
import { parseManifests, type Manifest } from '../../../lib/manifest/parse-manifests.ts';
import { secretFields, valueAt } from '../../../lib/manifest/secret-fields.ts';
import type { PageEnvironment } from '../../../lib/preview/page/page-data.ts';
import type { Snapshot } from '../../../lib/preview/preview-session.ts';
import { projectWith, ROOT } from '../../cli/tankard.ts';
import { credentialForms, mainWithCredentials } from './credentials.ts';
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

test('no credential that a person wrote is in any answer, before or after a change', async () => {
  const cwd = await projectWith(mainWithCredentials(0));
  const other = await projectWith(mainWithCredentials(100));
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
  expectNone(answers, credentialForms(0));
  expectNone(answers, credentialForms(100));
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
