import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';
import { snapshot } from '../workflow/import-project.ts';
import { startLine } from './running.ts';
import { tankard, tankardJson } from './tankard.ts';

const CREATED = [
  '.gitignore',
  'environments/default/main.jsonnet',
  'environments/default/spec.json',
  'jsonnetfile.json',
  'lib/k.libsonnet',
  'tankard.lock',
  'tankard.yaml',
];

interface Report {
  readonly environments: readonly { readonly findings: readonly unknown[] }[];
}

describe('tankard init', () => {
  it('makes a project in which nothing is found, without a network once the schemas are cached', async () => {
    const cwd = await temporaryDirectory();
    const offline = { GOPROXY: 'off' };
    const { exitCode, stdout, stderr } = await tankard(['init', 'shop'], { cwd, env: offline });
    expect(stdout).toBe(CREATED.map((file) => `created  ${file}\n`).join(''));
    expect(stderr).toContain('Next:\n  cd shop\n');
    expect(exitCode).toBe(0);
    const root = path.join(cwd, 'shop');
    const { json } = await tankardJson<Report>(['validate'], { cwd: root, env: offline });
    expect(json).toMatchObject({ environments: [{ path: 'environments/default', findings: [] }] });
    const check = await tankard(['import', '--check'], { cwd: root, env: offline });
    expect(check.exitCode).toBe(0);
    const tops = ['.tankard', 'vendor', ...CREATED.map((file) => file.split('/')[0])];
    expect(new Set(await readdir(root))).toEqual(new Set(tops));
    expect(await readdir(cwd)).toEqual(['shop']);
  });

  it('makes one that tk formats and lints as it is, and git leaves what is restored out', async () => {
    const cwd = await temporaryDirectory();
    await tankard(['init'], { cwd });
    const tk = (await ensureTool('tk')).path;
    await execa(tk, ['fmt', '--test', 'environments'], { cwd });
    await execa(tk, ['lint', 'environments'], { cwd });
    await execa('git', ['init', '--quiet'], { cwd });
    await execa('git', ['add', '.'], { cwd });
    const { stdout } = await execa('git', ['ls-files'], { cwd });
    expect(stdout.split('\n')).toEqual(CREATED);
  });

  it('imports what else is asked for, and another Kubernetes; the mixins are there', async () => {
    const cwd = await temporaryDirectory();
    const args = ['init', '--import', 'k8s@1.34', 'istio'];
    const { json } = await tankardJson(args, { cwd });
    expect(json).toMatchObject({
      root: cwd,
      created: CREATED,
      libraries: [
        { name: 'tankard', source: 'mixins' },
        { name: 'k8s-1.34', source: 'k8s@1.34' },
        { name: 'istio', source: 'istio' },
      ],
    });
    const main = `local istio = import 'istio/main.libsonnet';
local tankard = import 'tankard/main.libsonnet';
{ account: tankard.irsa.serviceAccount.new('a', 'default', 'arn:aws:iam::123456789012:role/a'), [if std.objectHas(istio, 'x') then 'x']: {} }
`;
    await writeFile(path.join(cwd, 'environments/default/main.jsonnet'), main);
    const { stdout, exitCode } = await tankard(['show', 'environments/default'], { cwd });
    expect(stdout).toContain('eks.amazonaws.com/role-arn: arn:aws:iam::123456789012:role/a\n');
    expect(exitCode).toBe(0);
  });

  it('changes nothing where files of a project are, and says which', async () => {
    const cwd = await temporaryDirectory();
    await mkdir(path.join(cwd, 'vendor'));
    await mkdir(path.join(cwd, 'lib'));
    for (const file of ['tankard.yaml', 'lib/k.libsonnet', 'lib/other.js'])
      await writeFile(path.join(cwd, file), 'mine');
    const before = await snapshot(cwd);
    const { exitCode, stderr } = await tankard(['init'], { cwd });
    expect(stderr).toContain(`${cwd} already has lib/k.libsonnet, tankard.yaml, vendor\n`);
    expect(exitCode).toBe(2);
    expect(await snapshot(cwd)).toEqual(before);
  });

  it('goes beside files and folders of others, whose .gitignore stays', async () => {
    const cwd = await temporaryDirectory();
    await mkdir(path.join(cwd, 'lib'));
    for (const file of ['package.json', '.gitignore', 'lib/other.js'])
      await writeFile(path.join(cwd, file), '{}');
    const { exitCode, stdout, stderr } = await tankard(['init'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).not.toContain('.gitignore');
    expect(stderr).toContain('.gitignore stays as it is; add the line /vendor/ to it\n');
    expect(await snapshot(cwd)).toMatchObject({ '.gitignore': '{}', 'lib/other.js': '{}' });
  });

  it.each([
    ['jsonnetfile.json', '.'],
    ['tkrc.yaml', 'below'],
  ])('names the commands that add Tankard to a Tanka project: %s', async (file, folder) => {
    const cwd = await temporaryDirectory();
    await writeFile(path.join(cwd, file), '{}');
    const { exitCode, stderr } = await tankard(['init', folder], { cwd });
    expect(stderr).toContain(`is in a Tanka project already: there is ${path.join(cwd, file)}\n`);
    expect(stderr).toMatch(/`tankard import k8s@\S+ mixins` adds the libraries/);
    expect(exitCode).toBe(2);
    expect(await readdir(cwd)).toEqual([file]);
  });

  it('refuses CRDs of a project that is not there yet', async () => {
    const cwd = await temporaryDirectory();
    const { exitCode, stderr } = await tankard(['init', '--import', 'crd:crds'], { cwd });
    expect(stderr).toContain('run `tankard import crd:crds` in it');
    expect(exitCode).toBe(2);
  });
});

/** A server that answers 404, or nothing. */
async function server(answers: boolean): Promise<{ server: Server; url: string }> {
  const made = createServer((_, response) => (answers ? response.writeHead(404).end() : undefined));
  onTestFinished(() => {
    made.closeAllConnections();
    made.close();
  });
  await once(made.listen(0, '127.0.0.1'), 'listening');
  return { server: made, url: `http://127.0.0.1:${(made.address() as AddressInfo).port}/crd.yaml` };
}

describe('an init that does not end', () => {
  it.each(['.', 'a/b'])('leaves nothing when an import fails: in %s', async (folder) => {
    const cwd = await temporaryDirectory();
    const { url } = await server(true);
    const { exitCode, stderr } = await tankard(['init', folder, '--import', `crd:${url}`], { cwd });
    expect(stderr).toContain(`cannot fetch ${url}: HTTP 404`);
    expect(exitCode).toBe(3);
    expect(await readdir(cwd)).toEqual([]);
  });

  it('leaves nothing after Ctrl-C', async () => {
    const cwd = await temporaryDirectory();
    const silent = await server(false);
    const asked = once(silent.server, 'request');
    const run = startLine(`exec $TANKARD init shop --import crd:${silent.url}`, { cwd });
    await asked;
    run.signal('SIGINT');
    expect(await run.ended).toBe(130);
    expect(await readdir(cwd)).toEqual([]);
  });
});
