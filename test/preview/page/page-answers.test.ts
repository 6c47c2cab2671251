import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { compareManifests } from '../../../lib/compare/compare-manifests.ts';
import type { Finding } from '../../../lib/finding/finding.ts';
import type { Comparison } from '../../../lib/preview/preview-session.ts';
import type { PageEnvironment, PageResource } from '../../../lib/preview/page/page-data.ts';
import { redactSecrets } from '../../../lib/manifest/redact.ts';
import { positionIn, projectWith } from '../../cli/tankard.ts';
import {
  EMPTY,
  environmentOf,
  handSession,
  snapshotOf,
  snapshotOfYaml,
  type HandSession,
} from './hand-session.ts';
import { openSite, type Site } from './page-site.ts';

const ID = 'environments/x';
const DEPLOYMENT = 'apps/Deployment/default/web';

const MAIN = `{
  config: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config', namespace: 'default' }, data: { a: 'ü' } },
  web: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      replicas: 'three',
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'web', image: 'web:1' }] },
      },
    },
  },
}
`;

/** A session over a project that was rendered, edited and rendered again. */
async function editedSession(edit: (main: string) => string): Promise<HandSession> {
  const root = await projectWith(MAIN);
  const before = await snapshotOf(root, ID);
  await writeFile(path.join(root, ID, 'main.jsonnet'), edit(MAIN));
  const after = await snapshotOf(root, ID);
  const changes = compareManifests(before.manifests, after.manifests);
  const session = handSession(root, [{ ...environmentOf(ID, after), revision: 7 }]);
  session.befores.set('save', { label: 'the last save', before, changes });
  session.befores.set('head', { label: 'HEAD (12fc616)', before: EMPTY, changes: [] });
  return session;
}

/** A cluster that adds a default, and that has no more than the ConfigMap. */
function withDefaults({ list }: HandSession): Omit<Comparison, 'base'> {
  const config = list[0]?.snapshot?.manifests.find(({ resource }) => resource.kind === 'ConfigMap');
  const rendering = snapshotOfYaml(JSON.stringify({ ...config?.value, immutable: false }, null, 1));
  return { label: 'cluster', before: rendering, after: rendering, changes: [] };
}

const environmentAt = (site: Site, query = ''): Promise<PageEnvironment> =>
  site.json(`api/environment?id=${encodeURIComponent(ID)}${query}`);
const resourceAt = (site: Site, key: string, query = ''): Promise<PageResource> =>
  site.json(`api/resource?id=${encodeURIComponent(ID)}&key=${encodeURIComponent(key)}${query}`);

function withoutPlace({ code, severity, message, resource, path: at }: Finding): Finding {
  return { code, severity, message, ...(resource && { resource }), ...(at && { path: at }) };
}

describe('an environment', () => {
  test('has its resources, with the changes of the last save and the findings of each', async () => {
    const session = await editedSession((main) => main.replace('web:1', 'web:2'));
    const site = await openSite({ session, editor: 'idea' });
    const answer = await environmentAt(site);
    expect(answer).toMatchObject({
      id: ID,
      revision: 7,
      status: 'current',
      baseLabel: 'the last save',
      accepted: 0,
      relations: { nodes: [], edges: [] },
      gone: [],
    });
    expect(answer).not.toHaveProperty('problem');
    const warnings = answer.findings.filter(({ severity }) => severity === 'warning').length;
    expect(answer.resources).toEqual([
      {
        key: 'core/ConfigMap/default/config',
        resource: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name: 'config' },
        errors: 0,
        warnings: 0,
      },
      {
        key: DEPLOYMENT,
        resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'default', name: 'web' },
        errors: 1,
        warnings,
        change: 'changed',
      },
    ]);
    expect(answer.changes).toEqual([
      {
        key: DEPLOYMENT,
        kind: 'changed',
        resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'default', name: 'web' },
        values: [expect.objectContaining({ before: 'web:1', after: 'web:2', secret: false })],
      },
    ]);
  });

  test('says of a finding where it is, relative to the project, with a link for the editor', async () => {
    const session = await editedSession((main) => main);
    const site = await openSite({ session, editor: 'idea' });
    const { findings } = await environmentAt(site);
    const file = path.join(session.root, ID, 'main.jsonnet');
    const { line, column } = positionIn(MAIN, `'three'`);
    expect(findings.find(({ code }) => code === 'schema/wrong-type')).toMatchObject({
      severity: 'error',
      message: 'expected an integer, found the string "three"',
      resourceKey: DEPLOYMENT,
      path: ['spec', 'replicas'],
      isNew: false,
      location: {
        file: `${ID}/main.jsonnet`,
        line,
        column,
        certainty: 'exact',
        link: `idea://open?file=${file}&line=${line}&column=${column}`,
      },
    });
  });

  test('tells which findings the last save brought and removed; those of the first render are not new', async () => {
    const session = await editedSession((main) => main);
    const [environment] = session.list;
    const findings = environment?.snapshot?.findings ?? [];
    const [found] = findings;
    if (environment === undefined || found === undefined) throw new Error('nothing was found');
    const update = {
      environment: ID,
      isFirst: false,
      files: ['environments/x/main.jsonnet'],
      durationMs: 120,
      changes: [],
      // Before its place was known.
      found: [withoutPlace(found)],
      gone: [{ ...found, message: 'was there before' }],
      isMended: false,
    };
    session.list[0] = { ...environment, update };
    const site = await openSite({ session });
    const answer = await environmentAt(site);
    expect(answer.findings.filter(({ isNew }) => isNew).map(({ message }) => message)).toEqual([
      found.message,
    ]);
    expect(answer.gone).toMatchObject([{ message: 'was there before', isNew: false }]);
    session.list[0] = { ...environment, update: { ...update, isFirst: true } };
    expect((await environmentAt(site)).findings.some(({ isNew }) => isNew)).toBe(false);
  });

  test('that is broken says why, and keeps its last good state', async () => {
    const session = await editedSession((main) => main);
    const [environment] = session.list;
    if (environment === undefined) throw new Error('no environment');
    await writeFile(path.join(session.root, ID, 'main.jsonnet'), '{ a: }');
    const { findings } = await snapshotOf(session.root, ID);
    session.list[0] = { ...environment, status: 'broken', problem: { findings } };
    const site = await openSite({ session });
    const answer = await environmentAt(site);
    expect(answer.status).toBe('broken');
    expect(answer.resources).toHaveLength(2);
    expect(answer.problem?.findings).toMatchObject([
      { code: 'jsonnet/syntax', location: { file: `${ID}/main.jsonnet`, line: 1 } },
    ]);
    session.list[0] = {
      ...environment,
      status: 'broken',
      problem: { failure: { message: 'tk took too long', hint: 'Raise timeoutSeconds.' } },
    };
    expect((await environmentAt(site)).problem).toEqual({
      message: 'tk took too long',
      hint: 'Raise timeoutSeconds.',
      findings: [],
    });
  });

  test('that never rendered has nothing, and is compared with nothing', async () => {
    const session = handSession('/project', [{ id: ID, path: ID, status: 'waiting', revision: 0 }]);
    const site = await openSite({ session });
    expect(await environmentAt(site)).toEqual({
      id: ID,
      revision: 0,
      status: 'waiting',
      resources: [],
      findings: [],
      accepted: 0,
      relations: { nodes: [], edges: [] },
      baseLabel: '',
      changes: [],
      gone: [],
    });
    expect(session.asked).toEqual([]);
  });

  test('has its relations searched once for each render', async () => {
    let searched = 0;
    const session = await editedSession((main) => main);
    const relations = () => {
      searched += 1;
      return { nodes: [], edges: [] };
    };
    const site = await openSite({ session, relations });
    await environmentAt(site);
    await environmentAt(site, '&base=head');
    expect(searched).toBe(1);
    const [environment] = session.list;
    if (environment?.snapshot === undefined) throw new Error('no state');
    session.list[0] = { ...environment, snapshot: await snapshotOf(session.root, ID) };
    await environmentAt(site);
    expect(searched).toBe(2);
  });
});

describe('a resource', () => {
  test('has its own document as tk printed it, and that of the base', async () => {
    const session = await editedSession((main) => main.replace("a: 'ü'", "a: 'é€‰'"));
    const site = await openSite({ session });
    const shown = await resourceAt(site, 'core/ConfigMap/default/config');
    expect(shown.yaml).toBe(
      'apiVersion: v1\ndata:\n  a: é€‰\nkind: ConfigMap\nmetadata:\n  name: config\n  namespace: default\n',
    );
    expect(shown.before).toBe(shown.yaml?.replace('é€‰', 'ü'));
    expect(shown.change).toMatchObject({ kind: 'changed', key: shown.key });
    expect(shown).not.toHaveProperty('cut');
    const all = session.list[0]?.snapshot?.yaml.toString() ?? '';
    expect(all).toContain(shown.yaml);
  });

  test('that the base does not have has no text there', async () => {
    const site = await openSite({ session: await editedSession((main) => main) });
    const shown = await resourceAt(site, DEPLOYMENT, '&base=head');
    expect(shown).not.toHaveProperty('before');
    expect(shown.yaml).toMatch(/^apiVersion: apps\/v1\n/);
  });

  test('that was removed has its text of before alone', async () => {
    const session = await editedSession((main) => main.replace(/ {2}config:.*\n/, ''));
    const site = await openSite({ session });
    const { changes, resources } = await environmentAt(site);
    expect(resources.map(({ key }) => key)).toEqual([DEPLOYMENT]);
    expect(changes).toMatchObject([{ kind: 'removed', key: 'core/ConfigMap/default/config' }]);
    const shown = await resourceAt(site, 'core/ConfigMap/default/config');
    expect(shown).not.toHaveProperty('yaml');
    expect(shown.before).toContain('kind: ConfigMap\n');
    expect(shown.change?.kind).toBe('removed');
  });

  test('has its findings, with the line of its YAML', async () => {
    const site = await openSite({ session: await editedSession((main) => main) });
    const { findings, yaml = '' } = await resourceAt(site, DEPLOYMENT);
    const wrong = findings.find(({ code }) => code === 'schema/wrong-type');
    expect(yaml.split('\n')[(wrong?.yamlLine ?? 0) - 1]).toBe('  replicas: three');
  });

  test('gives the line of what is missing, or of the deepest part that is there', async () => {
    const yaml =
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: s\nspec:\n  ports:\n  - name: a\n    port: 1\n';
    const at = [
      [['spec', 'ports', 0, 'port'], 'value', 8],
      [['spec', 'ports', 0, 'targetPort'], 'missing', 7],
      [['spec', 'selector', 'app'], 'value', 5],
      [['metadata', 'name'], 'key', 4],
    ] as const;
    const resource = { apiVersion: 'v1', kind: 'Service', name: 's' };
    const findings = at.map(([where, fault]) => ({
      code: 'schema/wrong-type' as const,
      severity: 'error' as const,
      message: where.join('.'),
      resource,
      path: where,
      fault,
    }));
    const session = handSession('/p', [environmentOf(ID, { ...snapshotOfYaml(yaml), findings })]);
    const shown = await resourceAt(await openSite({ session }), 'core/Service/s');
    expect(shown.findings.map(({ yamlLine }) => yamlLine)).toEqual(at.map(([, , line]) => line));
  });

  test('that is rendered twice is there twice', async () => {
    const one = (value: number): string =>
      `apiVersion: v1\ndata:\n  n: "${value}"\nkind: ConfigMap\nmetadata:\n  name: a\n`;
    const session = handSession('/p', [
      environmentOf(ID, snapshotOfYaml(`${one(1)}---\n${one(2)}`)),
    ]);
    const site = await openSite({ session });
    const { resources } = await environmentAt(site);
    expect(resources.map(({ key }) => key)).toEqual(['core/ConfigMap/a', 'core/ConfigMap/a#2']);
    expect((await resourceAt(site, 'core/ConfigMap/a')).yaml).toBe(one(1));
    expect((await resourceAt(site, 'core/ConfigMap/a#2')).yaml).toBe(one(2));
  });

  test('is never shown as another one: documents that are no objects are a failure', async () => {
    const one = (name: string): string =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;
    const snapshot = snapshotOfYaml(`null\n---\n${one('a')}---\n${one('b')}`);
    const session = handSession('/p', [environmentOf(ID, snapshot)]);
    const answer = await (
      await openSite({ session })
    ).get(`api/resource?id=${ID}&key=core/ConfigMap/a`);
    expect(answer.status).toBe(500);
    expect(answer.body).not.toContain('name: ');
  });

  test.each([
    ['---\n', ''],
    ['', '---\n'],
    ['---\n---\n', ''],
    ['\n', '\n'],
  ])('is found with %j before the first document and %j after the last', async (start, end) => {
    const one = (name: string): string =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;
    const session = handSession('/p', [
      environmentOf(ID, snapshotOfYaml(`${start}${one('a')}---\n${one('b')}${end}`)),
    ]);
    const site = await openSite({ session });
    expect((await resourceAt(site, 'core/ConfigMap/a')).yaml?.trim()).toBe(one('a').trim());
    expect((await resourceAt(site, 'core/ConfigMap/b')).yaml?.trim()).toBe(one('b').trim());
  });

  test('that is long is cut at the end of a line', async () => {
    const line = '  key: value of this line\n';
    const text = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n${Array.from(
      { length: 60_000 },
      (_, index) => line.replace('key', `k${index}`),
    ).join('')}`;
    const session = handSession('/p', [environmentOf(ID, snapshotOfYaml(text))]);
    const { yaml = '', cut } = await resourceAt(await openSite({ session }), 'core/ConfigMap/a');
    expect(yaml.length).toBeLessThanOrEqual(1_000_000);
    expect(yaml.length).toBeGreaterThan(999_900);
    expect(yaml).toMatch(/value of this line\n$/);
    expect(cut).toEqual({ shown: yaml.length, all: text.length });
  });

  test('asks the cluster once for all resources of an environment, until it renders anew', async () => {
    const session = await editedSession((main) => main);
    session.befores.set('cluster', withDefaults(session));
    const site = await openSite({ session });
    await environmentAt(site, '&base=cluster');
    await resourceAt(site, DEPLOYMENT, '&base=cluster');
    await resourceAt(site, 'core/ConfigMap/default/config', '&base=cluster');
    expect(session.asked).toEqual(['cluster']);
    const [environment] = session.list;
    if (environment === undefined) throw new Error('no environment');
    session.list[0] = { ...environment, snapshot: await snapshotOf(session.root, ID) };
    await resourceAt(site, DEPLOYMENT, '&base=cluster');
    await environmentAt(site, '&base=cluster');
    expect(session.asked).toEqual(['cluster', 'cluster', 'cluster']);
  });

  test('sets what the cluster would have beside what it has, both with its defaults', async () => {
    const session = await editedSession((main) => main);
    session.befores.set('cluster', withDefaults(session));
    const site = await openSite({ session });
    const config = await resourceAt(site, 'core/ConfigMap/default/config', '&base=cluster');
    expect(config.before).toContain('"immutable": false');
    expect(config.yaml).toBe(config.before);
    // What the cluster calls otherwise is shown as it is rendered.
    const web = await resourceAt(site, DEPLOYMENT, '&base=cluster');
    expect(web.yaml).toContain('replicas: three');
    expect(web).not.toHaveProperty('before');
  });
});

test('all resources together are what the whole redacted render is', async () => {
  const main = `{ ['o%d' % i]: { apiVersion: 'v1', kind: if i % 2 == 0 then 'Secret' else 'ConfigMap',
    metadata: { name: 'o%d' % i }, [if i % 2 == 0 then 'stringData' else 'data']: { a: '---\\n%d\\n' % i, b: 'ü' } }
    for i in std.range(1, 20) }`;
  const root = await projectWith(main);
  const snapshot = await snapshotOf(root, ID);
  const site = await openSite({ session: handSession(root, [environmentOf(ID, snapshot)]) });
  const { resources } = await environmentAt(site);
  expect(resources).toHaveLength(20);
  const texts = await Promise.all(
    resources.map(async ({ key }) => (await resourceAt(site, key)).yaml),
  );
  const whole = (await redactSecrets(snapshot.yaml)).toString('utf8').replace(/^---\n/, '');
  expect(texts.join('---\n')).toBe(whole);
});
