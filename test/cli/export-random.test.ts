import { existsSync, readdirSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cacheRoot } from '../../lib/disk/cache.ts';
import { snapshot } from '../sources/imports.ts';
import { makeProject } from '../tanka/project.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';
import { tankard, type Outcome } from './tankard.ts';

/** Static environments: enough that one process renders those of a fresh export, and tk the few that an edit leaves. */
const STATIC = Array.from({ length: 10 }, (_, index) => `environments/e${index}`);
/** What all of them import, each through another file. */
const MAIN = `local shared = import 'shared.libsonnet', near = import 'near';
[
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: near.name }, data: shared.data + { own: 'OWN' } },
  shared.pod,
  shared.secret,
]`;
const INLINE = `local shared = import 'shared.libsonnet';
function(tag='1') [
  {
    apiVersion: 'tanka.dev/v1alpha1',
    kind: 'Environment',
    metadata: { name: 'inline/' + name },
    spec: { namespace: 'ns-' + name, apiServer: 'https://' + name + ':6443' },
    data: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: shared.data + { tag: tag } },
  }
  for name in ['red', 'blue']
]`;
const SHARED = `{
  data: { text: importstr 'text.txt', deep: (import 'deep.libsonnet').value },
  // ACCEPT
  pod: {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: { serviceAccountName: 'none', containers: [{ name: 'c', image: 'i' }] },
  },
  secret: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, type: 'Opaque', stringData: { a: VALUE } },
}`;
const CONFIGS = [
  '',
  `kubernetes: '1.33'\n`,
  `rules: [{ rule: identity/*, severity: 'off' }]\n`,
  `rules: [{ rule: identity/*, severity: error, environments: [environments/e1] }]\n`,
  `export: { flux: { path: deploy, interval: 5m } }\n`,
];

function spec(namespace: string): string {
  return JSON.stringify({
    apiVersion: 'tanka.dev/v1alpha1',
    kind: 'Environment',
    metadata: { name: 'e', labels: { a: namespace } },
    spec: { namespace },
  });
}

function config(text: string): string {
  return text.includes('export:') ? text : `${text}export: { flux: { path: deploy } }\n`;
}

const FILES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    STATIC.flatMap((one) => [
      [`${one}/main.jsonnet`, MAIN],
      [`${one}/spec.json`, spec('default')],
    ]),
  ),
  'environments/inline/main.jsonnet': INLINE,
  'lib/shared.libsonnet': SHARED.replace('VALUE', "''"),
  'lib/near': `{ name: 'near' }`,
  'lib/text.txt': 'text',
  'vendor/deep.libsonnet': `{ value: 'deep' }`,
  'tankard.yaml': config(''),
};

type Edit =
  | { readonly type: 'write'; readonly file: string; readonly text: string }
  | { readonly type: 'remove' | 'same-time'; readonly file: string }
  | { readonly type: 'rename'; readonly from: string; readonly to: string }
  | {
      readonly type: 'out';
      readonly what: 'edit' | 'delete' | 'forget' | 'old' | 'all';
      readonly at: number;
    }
  | { readonly type: 'flags'; readonly flags: readonly string[] };

const environment = fc.constantFrom(...STATIC.slice(0, 3));
const value = fc.constantFrom('1', '2', '3');

function write(file: fc.Arbitrary<string>, text: fc.Arbitrary<string>): fc.Arbitrary<Edit> {
  return fc.record({ type: fc.constant('write' as const), file, text });
}

const edit: fc.Arbitrary<Edit> = fc.oneof(
  write(
    environment.map((one) => `${one}/main.jsonnet`),
    value.map((one) => MAIN.replace('OWN', one)),
  ),
  write(
    environment.map((one) => `${one}/spec.json`),
    value.map((one) => spec(`n${one}`)),
  ),
  // Before those of lib and vendor.
  write(
    fc
      .tuple(
        environment,
        fc.constantFrom('near', 'text.txt', 'vendor/deep.libsonnet', 'deep.libsonnet'),
      )
      .map(([one, name]) => `${one}/${name}`),
    value.map((one) => `{ name: 'near-${one}', value: '${one}' }`),
  ),
  write(
    fc.constantFrom('lib/near', 'lib/text.txt', 'lib/deep.libsonnet', 'vendor/deep.libsonnet'),
    value.map((one) => `{ name: 'lib-${one}', value: '${one}' }`),
  ),
  write(
    fc.constant('lib/shared.libsonnet'),
    fc
      .record({
        secret: fc.constantFrom(`''`, `'hidden'`),
        accept: fc.constantFrom(
          'nothing',
          'tankard-accept identity/service-account-missing: elsewhere',
        ),
      })
      .map(({ secret, accept }) => SHARED.replace('VALUE', secret).replace('ACCEPT', accept)),
  ),
  write(
    fc.constant('environments/inline/main.jsonnet'),
    fc
      .constantFrom(`'blue'`, `'blue', 'green'`, `'blu'`)
      .map((one) => INLINE.replace(`'blue'`, one)),
  ),
  write(fc.constant('tankard.yaml'), fc.constantFrom(...CONFIGS).map(config)),
  write(
    environment.map((one) => `${one}/main.jsonnet`),
    fc.constantFrom(
      '{',
      '{ a: { kind: 1 } }',
      '{}',
      MAIN.replace(`kind: 'ConfigMap'`, `kind: 'ConfigMa'`),
    ),
  ),
  fc.record({
    type: fc.constantFrom('remove' as const, 'same-time' as const),
    file: fc.oneof(
      environment,
      fc.constantFrom(
        'lib/near',
        'lib/deep.libsonnet',
        'environments/e0/near',
        'environments/e0/text.txt',
      ),
    ),
  }),
  fc.record({
    type: fc.constant('rename' as const),
    from: environment,
    to: fc.constantFrom('environments/moved', 'environments/E9', 'environments/sub/e'),
  }),
  fc.record({
    type: fc.constant('out' as const),
    what: fc.constantFrom(
      'edit' as const,
      'delete' as const,
      'forget' as const,
      'old' as const,
      'all' as const,
    ),
    at: fc.nat(),
  }),
  fc.record({
    type: fc.constant('flags' as const),
    flags: fc
      .record({
        flux: fc.boolean(),
        secrets: fc.boolean(),
        skip: fc.boolean(),
        rest: fc.constantFrom(
          [],
          ['--kubernetes', '1.32'],
          ['--tla-str', 'tag=2'],
          ['--ext-str', 'a=b'],
        ),
      })
      .map(({ flux, secrets, skip, rest }) => [
        ...(flux ? ['--flux'] : []),
        ...(secrets ? ['--include-secrets'] : []),
        ...(skip ? ['--dangerous-skip-validation'] : []),
        ...rest,
      ]),
  }),
);

/** A project under test, the flags of its export, and what it was exported to before. */
class Run {
  readonly #root: string;
  readonly #fresh: string;
  readonly #olds: string;
  #flags: readonly string[] = [];
  #exports = 0;
  reused = 0;

  private constructor(root: string, fresh: string) {
    this.#root = root;
    this.#fresh = fresh;
    this.#olds = path.join(fresh, 'olds');
  }

  static async make(): Promise<Run> {
    const root = await makeProject(FILES);
    return new Run(root, await temporaryDirectory());
  }

  async apply(one: Edit): Promise<void> {
    switch (one.type) {
      case 'write':
        await mkdir(path.dirname(this.#at(one.file)), { recursive: true });
        await writeFile(this.#at(one.file), one.text);
        return;
      case 'remove':
        await rm(this.#at(one.file), { recursive: true, force: true });
        return;
      case 'same-time':
        if (existsSync(this.#at(one.file))) await utimes(this.#at(one.file), 1, 1);
        return;
      case 'rename':
        if (!existsSync(this.#at(one.from)) || existsSync(this.#at(one.to))) return;
        await mkdir(path.dirname(this.#at(one.to)), { recursive: true });
        await rename(this.#at(one.from), this.#at(one.to));
        return;
      case 'out':
        await this.#editOut(one.what, one.at);
        return;
      case 'flags':
        this.#flags = one.flags;
    }
  }

  /** Asserts that an export over the last one is what one into an empty folder is that knows nothing. */
  async compare(): Promise<void> {
    const before = await this.#out();
    const told = await this.#export(this.#at('out'), undefined);
    const cache = await emptyCache();
    const place = path.join(this.#fresh, `out-${(this.#exports += 1)}`);
    const fresh = await this.#export(place, cache);
    expect(told.exitCode).toBe(fresh.exitCode);
    expect(told.stderr.replaceAll(this.#at('out'), 'OUT')).toBe(
      fresh.stderr.replaceAll(place, 'OUT'),
    );
    if (fresh.exitCode !== 0) {
      expect(await this.#out()).toEqual(before);
      return;
    }
    this.reused += Number(/(\d+) reused/.exec(told.stdout)?.[1]);
    expect(await this.#out()).toEqual(await snapshot(place));
    await cp(this.#at('out'), path.join(this.#olds, String(this.#exports)), { recursive: true });
  }

  async #export(out: string, cache: string | undefined): Promise<Outcome> {
    const env = cache === undefined ? {} : { TANKARD_CACHE: cache };
    return tankard(['export', out, ...this.#flags], { cwd: this.#root, env });
  }

  async #out(): Promise<Map<string, string>> {
    return existsSync(this.#at('out')) ? snapshot(this.#at('out')) : new Map<string, string>();
  }

  async #editOut(what: 'edit' | 'delete' | 'forget' | 'old' | 'all', at: number): Promise<void> {
    const files = [...(await this.#out()).keys()];
    const own = files.filter((file) => file.startsWith('.tankard-export/'));
    const objects = files.filter((file) => !own.includes(file));
    const file = this.#at(`out/${pick(what === 'forget' ? own : objects, at) ?? 'none'}`);
    if (what === 'all') await rm(this.#at('out'), { recursive: true, force: true });
    if (what === 'edit' && existsSync(file))
      await writeFile(file, `${await readFile(file, 'utf8')}#`);
    if (what === 'delete') await rm(file, { force: true });
    if (what === 'forget' && existsSync(file))
      await writeFile(file, (await readFile(file, 'utf8')).replaceAll(/[0-9a-f]{64}/g, '0'));
    const old = pick(existsSync(this.#olds) ? readdirSync(this.#olds).sort() : [], at);
    if (what !== 'old' || old === undefined) return;
    await rm(this.#at('out'), { recursive: true, force: true });
    await cp(path.join(this.#olds, old), this.#at('out'), { recursive: true });
  }

  #at(file: string): string {
    return path.join(this.#root, file);
  }
}

function pick<T>(all: readonly T[], at: number): T | undefined {
  return all[at % Math.max(all.length, 1)];
}

/** A cache with programs and schemas, which knows no export. */
async function emptyCache(): Promise<string> {
  const cache = await temporaryDirectory();
  for (const name of readdirSync(cacheRoot()))
    if (name !== 'exports') await symlink(path.join(cacheRoot(), name), path.join(cache, name));
  return cache;
}

it('an export over an old one is, after any edit, the one that a first export makes', async () => {
  let reused = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 4, maxLength: 8 }), async (edits) => {
      const run = await Run.make();
      await run.compare();
      for (const one of edits) {
        await run.apply(one);
        await run.compare();
      }
      reused += run.reused;
    }),
    { numRuns: Number(process.env['TANKARD_RANDOM_EDITS'] ?? 3), endOnFailure: true },
  );
  expect(reused).toBeGreaterThan(0);
}, 600_000);
