import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { CONFIG_MAP, SPEC } from '../tanka/project.ts';
import { projectWith, ROOT, tankard, tankardJson } from './tankard.ts';

let tk: string;

beforeAll(async () => {
  tk = (await ensureTool('tk')).path;
});

/** What tk itself prints. */
async function tkShow(environment: string, cwd = ROOT): Promise<string> {
  const result = await execa(tk, ['show', environment, '--dangerous-allow-redirect'], {
    cwd,
    stripFinalNewline: false,
  });
  return result.stdout;
}

describe("show --show-secrets prints tk's own bytes", () => {
  it.each(['eks-irsa', 'gke-workload-identity', 'istio-tls', 'reflector-pull-secret'])(
    'of environments/%s',
    async (name) => {
      const environment = `environments/${name}`;
      const { exitCode, stdout } = await tankard(['show', environment, '--show-secrets']);
      expect(stdout).toBe(await tkShow(environment));
      expect(exitCode).toBe(0);
    },
  );

  it('whatever the text is: quotes, line breaks, other scripts, a float', async () => {
    const text = String.raw`'a: "é"\n\n  ŷ: |\n  \u0007 #\n'`;
    const root = await projectWith(
      `{ a: ${CONFIG_MAP} { data: { x: ${text}, y: 'no', z: '1e3' }, n: [1e3, 0.1, -0] } }`,
    );
    const { stdout } = await tankard(['show', 'environments/x', '--show-secrets'], { cwd: root });
    expect(stdout).toBe(await tkShow('environments/x', root));
    expect(stdout).toContain('ŷ');
  });

  it.each([
    ['below the folder of the environment', 'environments/eks-irsa', '.'],
    ['from a sub-directory, relative to it', 'environments', 'eks-irsa'],
    ['from a sub-directory, relative to the project root', 'environments', 'environments/eks-irsa'],
    ['from the folder of another environment', 'environments/istio-tls', '../eks-irsa'],
    ['by an absolute path', '.', path.join(ROOT, 'environments/eks-irsa')],
    ['by its main.jsonnet', '.', 'environments/eks-irsa/main.jsonnet'],
    ['with a slash at the end', '.', 'environments/eks-irsa/'],
  ])('%s', async (_, folder, argument) => {
    const { stdout } = await tankard(['show', argument, '--show-secrets'], {
      cwd: path.join(ROOT, folder),
    });
    expect(stdout).toBe(await tkShow('environments/eks-irsa'));
  });

  it('of two environments, separated by ---', async () => {
    const names = ['environments/eks-irsa', 'environments/gke-workload-identity'];
    const { stdout } = await tankard(['show', ...names, '--show-secrets']);
    const [first, second] = await Promise.all(names.map((name) => tkShow(name)));
    expect(stdout).toBe(`${first}---\n${second}`);
  });
});

describe('show passes on to tk', () => {
  it('targets', async () => {
    const { stdout } = await tankard(['show', 'environments/eks-irsa', '-t', 'Pod/.*']);
    expect(stdout).toMatch(/^kind: Pod$/m);
    expect(stdout).not.toMatch(/^kind: ServiceAccount$/m);
  });

  it('external variables and top-level arguments, and files relative to the current folder', async () => {
    const main = `function(a, b, c) ${CONFIG_MAP} {
      data: { a: a, b: '%d' % b, c: c, d: std.extVar('d'), e: '%d' % std.extVar('e') },
    }`;
    const root = await projectWith(main, { 'environments/x/note.txt': 'from a file' });
    const args = ['-A', 'a=x=y', '--tla-code', 'b=1 + 1', '--tla-str-file', 'c=note.txt'];
    const { stdout } = await tankard(
      ['show', '.', ...args, '-V', 'd=text', '--ext-code', 'e=40 + 2'],
      { cwd: path.join(root, 'environments/x') },
    );
    expect(stdout).toContain('data:\n  a: x=y\n  b: "2"\n  c: from a file\n  d: text\n  e: "42"\n');
  });

  it('the name of an inline environment', async () => {
    const inline = (name: string): string =>
      `{ apiVersion: 'tanka.dev/v1alpha1', kind: 'Environment', metadata: { name: '${name}' },
         spec: { namespace: '${name}' }, data: { a: ${CONFIG_MAP} } }`;
    const root = await projectWith(`[${inline('blue')}, ${inline('green')}]`);
    await rm(path.join(root, 'environments/x/spec.json'));
    const args = ['show', 'environments/x'];
    const chosen = await tankard([...args, '--name', 'green'], { cwd: root });
    expect(chosen.stdout).toContain('namespace: green');
    expect(chosen.stdout).not.toContain('blue');
    const several = await tankard(args, { cwd: root });
    expect(several.exitCode).toBe(2);
    expect(several.stderr).toMatch(/Choose one with --name: .*blue.*green/);
  });
});

it('std.trace goes to stderr, and stdout stays YAML', async () => {
  const root = await projectWith(`std.trace('look here', { a: ${CONFIG_MAP} })`);
  const { exitCode, stdout, stderr } = await tankard(['show', 'environments/x'], { cwd: root });
  expect(stderr).toContain('look here');
  expect(stdout).toMatch(/^apiVersion: v1\n/);
  expect(stdout).not.toContain('look here');
  expect(exitCode).toBe(0);
});

it('libraries that are not linked yet are linked, and jsonnetfile.json stays as it is', async () => {
  const root = await projectWith(`(import 'tankard/main.libsonnet').irsa.serviceAccount.new(
    'a', 'default', 'arn:aws:iam::123456789012:role/r')`);
  await rm(path.join(root, 'vendor'), { recursive: true });
  const before = await readFile(path.join(root, 'jsonnetfile.json'), 'utf8');
  const { exitCode, stdout, stderr } = await tankard(['show', 'environments/x'], { cwd: root });
  expect(exitCode).toBe(0);
  expect(stdout).toContain('kind: ServiceAccount');
  expect(stderr).toContain('libs/tankard');
  expect(await readFile(path.join(root, 'jsonnetfile.json'), 'utf8')).toBe(before);
});

describe('show --format json', () => {
  it('gives the manifests of each environment as data', async () => {
    const { json, exitCode } = await tankardJson<{
      version: number;
      environments: { path: string; manifests: { kind: string }[]; findings: unknown[] }[];
    }>(['show', 'environments/eks-irsa']);
    expect(exitCode).toBe(0);
    expect(json.version).toBe(1);
    expect(json.environments).toMatchObject([{ path: 'environments/eks-irsa', findings: [] }]);
    expect(json.environments[0]?.manifests.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['ServiceAccount', 'Pod']),
    );
  });

  it('gives findings in the form that validate gives them', async () => {
    const root = await projectWith("assert false : 'no'; {}");
    const args = ['environments/x'];
    const shown = await tankardJson<{ environments: { findings: unknown }[] }>(['show', ...args], {
      cwd: root,
    });
    const validated = await tankardJson<{ environments: { findings: unknown }[] }>(
      ['validate', ...args],
      { cwd: root },
    );
    expect(shown.exitCode).toBe(1);
    expect(shown.json.environments[0]?.findings).toEqual(validated.json.environments[0]?.findings);
  });
});

it('an environment that cannot be rendered does not keep the others from being shown', async () => {
  const root = await projectWith("assert false : 'no'; {}", {
    'environments/y/main.jsonnet': `{ a: ${CONFIG_MAP} }`,
    'environments/y/spec.json': SPEC,
  });
  const outcome = await tankard(['show', 'environments/x', 'environments/y'], { cwd: root });
  expect(outcome.exitCode).toBe(1);
  expect(outcome.stdout).toMatch(/^apiVersion: v1\n/);
  expect(outcome.stderr).toContain('at environments/x/main.jsonnet:1:1');
});
