import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { REPORT_FORMATS } from '../../lib/cli/format-report.ts';
import { sarifProblems } from '../finding/sarif-problems.ts';
import { CONFIG_MAP } from '../tanka/project.ts';
import { positionIn, projectWith, tankard } from './tankard.ts';

const BROKEN = `{\n  // ключ\n  a: ${CONFIG_MAP} {\n    ['é']: 'b', data: { x: 1 },\n  },\n}`;

describe('validate --format sarif', () => {
  it('is accepted by the schema of SARIF, and its locations are lines of the Jsonnet', async () => {
    const cwd = await projectWith(BROKEN);
    const { stdout, exitCode } = await tankard(['validate', '--format', 'sarif'], { cwd });
    expect(exitCode).toBe(1);
    const log = JSON.parse(stdout) as Log;
    expect(sarifProblems(log)).toBeUndefined();
    const regions = log.runs[0]?.results?.map(({ locations }) => locations?.[0]?.physicalLocation);
    const file = { uri: 'environments/x/main.jsonnet', uriBaseId: 'SRCROOT' };
    // Columns are those of an editor: é is one.
    const columns = ['1 },', "'é'"].map((text) => (BROKEN.split('\n')[3]?.indexOf(text) ?? -1) + 1);
    expect(regions).toEqual(
      columns.map((startColumn) => ({
        artifactLocation: file,
        region: { startLine: 4, startColumn },
      })),
    );
  });

  it('names files below the repository, when the project is a folder of it', async () => {
    const root = await projectWith(BROKEN);
    const repository = path.dirname(path.dirname(root));
    expect(existsSync(path.join(repository, '.git'))).toBe(false);
    const inside = path.join(root, 'deploy');
    await mkdir(path.join(root, '.git'));
    await mkdir(path.join(inside, 'environments', 'y'), { recursive: true });
    await writeFile(
      path.join(inside, 'jsonnetfile.json'),
      '{"version":1,"dependencies":[],"legacyImports":true}',
    );
    for (const name of ['main.jsonnet', 'spec.json'])
      await writeFile(
        path.join(inside, 'environments', 'y', name),
        await readFile(path.join(root, 'environments', 'x', name)),
      );
    for (const format of ['sarif', 'junit', 'github', 'gitlab']) {
      const { stdout } = await tankard(['validate', '--format', format], { cwd: inside });
      expect(stdout, format).toContain('deploy/environments/y/main.jsonnet');
    }
  });
});

describe('validate --output', () => {
  it.each(REPORT_FORMATS)('writes the report as %s and prints the text report', async (format) => {
    const cwd = await projectWith(BROKEN);
    const text = await tankard(['validate'], { cwd });
    const printed = await tankard(['validate', '--format', format], { cwd });
    const args = ['validate', '--format', format, '--output', 'reports/report'];
    expect(await tankard(args, { cwd })).toEqual(text);
    expect(await readFile(path.join(cwd, 'reports', 'report'), 'utf8')).toBe(printed.stdout);
    expect(printed.exitCode).toBe(1);
  });

  it('leaves what was there when the file cannot be written, and says so: exit 2', async () => {
    const cwd = await projectWith(BROKEN, { 'reports/report': 'before' });
    if (process.getuid?.() === 0) {
      // A superuser may write everywhere: a folder in place of the file.
      const { exitCode, stdout, stderr } = await tankard(['validate', '--output', 'reports'], {
        cwd,
      });
      expect(exitCode).toBe(2);
      expect(stdout).toContain('1 environment, 1 manifest');
      expect(stderr).toContain('cannot write');
    } else {
      await chmod(path.join(cwd, 'reports'), 0o555);
      const { exitCode } = await tankard(['validate', '--output', 'reports/report'], { cwd });
      expect(exitCode).toBe(2);
    }
    expect(await readFile(path.join(cwd, 'reports', 'report'), 'utf8')).toBe('before');
  });

  it('writes nothing when nothing could be validated', async () => {
    const cwd = await projectWith('{}');
    const args = ['validate', 'nowhere', '--format', 'sarif', '--output', 'report'];
    expect(await tankard(args, { cwd })).toMatchObject({ exitCode: 2, stdout: '' });
    expect(existsSync(path.join(cwd, 'report'))).toBe(false);
  });
});

describe('the step summary', () => {
  it('is added to what is there, with --format github alone', async () => {
    const cwd = await projectWith(BROKEN, { 'summary.md': 'before\n' });
    const summary = path.join(cwd, 'summary.md');
    const env = { GITHUB_STEP_SUMMARY: summary };
    await tankard(['validate'], { cwd, env });
    expect(await readFile(summary, 'utf8')).toBe('before\n');
    await tankard(['validate', '--format', 'github'], { cwd, env });
    expect(await readFile(summary, 'utf8')).toMatch(/^before\n### Tankard\n[^]*\| error \|/);
  });

  it('that cannot be written fails no job', async () => {
    const cwd = await projectWith(`{ a: ${CONFIG_MAP} }`);
    const env = { GITHUB_STEP_SUMMARY: path.join(cwd, 'no', 'folder') };
    const { exitCode, stderr } = await tankard(['validate', '--format', 'github'], { cwd, env });
    expect(exitCode).toBe(0);
    expect(stderr).toContain('the step summary could not be written: ');
  });
});

describe('an unknown format', () => {
  it('is refused with those that there are', async () => {
    const { exitCode, stderr } = await tankard(['validate', '--format', 'html']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(REPORT_FORMATS.join(', '));
  });
});

describe('no format shows a secret', () => {
  const VALUE = 'hunter2-do-not-show';
  const BASE64 = Buffer.from(VALUE).toString('base64').replace(/=+$/, '');

  /** Mistakes on the lines on which secrets are written, in all the ways in which people write them. */
  const MISTAKES: Readonly<Record<string, string>> = {
    'in a call that makes several objects': `
local app(name, word) = {
  secret: { apiVersion: 'v1', kind: 'Secret', metadata: { name: name }, stringData: { a: word } },
  config: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: name }, data: { n: 1 }, dat: {} },
};
{ a: app('one', '${VALUE}') { config+: { data+: { m: 2 } } } }`,
    'in a Deployment on one line': `
{ a: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' }, spec: { replicas: 'x', selector: { matchLabels: { a: 'a' } }, template: { metadata: { labels: { a: 'a' } }, spec: { containers: [{ name: 'a', imge: 'b', env: [{ name: 'X', value: '${VALUE}' }], args: ['--password=${VALUE}', 3] }] } } } } }`,
    'in a Secret that is wrong': `
{ a: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a', lables: {} }, type: 1, stringData: { a: '${VALUE}' }, data: { b: '${VALUE}', c: std.base64('${VALUE}') } } }`,
    'in a text block': `
{ a: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, stringData: { a: |||
  ${VALUE}
||| }, dta: 1 }, b: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b' }, data: { x: 1 } } }`,
    'in an argument of a mixin that refuses another': `
local tankard = import 'tankard/main.libsonnet';
{ a: tankard.irsa.serviceAccount.new('a', 'b', 'no-arn') { note:: '${VALUE}' } }`,
    'in an argument of an assert': `
local db(name, word) = { assert std.length(name) > 3 : 'a name has more than 3 letters', apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: word } };
{ a: db('a', '${VALUE}') }`,
    'in what cannot be parsed': `{ a: '${VALUE}' b }`,
    'in a comment': `{ a: ${CONFIG_MAP} { data: { x: 1 } } } // not ${VALUE}`,
  };

  it.each(Object.entries(MISTAKES))('%s', async (_, main) => {
    const cwd = await projectWith(main);
    const summary = path.join(cwd, 'summary.md');
    for (const format of REPORT_FORMATS) {
      const args = ['validate', '--format', format, '--output', 'report'];
      const env = { GITHUB_STEP_SUMMARY: summary };
      const { exitCode, stdout, stderr } = await tankard(args, { cwd, env });
      expect(exitCode).toBe(1);
      const report = await readFile(path.join(cwd, 'report'), 'utf8');
      for (const form of [VALUE, BASE64])
        expect(stdout + stderr + report, format).not.toContain(form);
    }
    expect(await readFile(summary, 'utf8')).not.toContain(VALUE);
  });

  it('though the line itself is shown', async () => {
    const main = MISTAKES['in a call that makes several objects'] ?? '';
    const cwd = await projectWith(main);
    const { stdout } = await tankard(['validate'], { cwd });
    const { line } = positionIn(main, 'data+: { m: 2 }');
    expect(stdout).toContain(
      `${line} | { a: app('one', '***') { config+: { data+: { m: 2 } } } }\n`,
    );
  });
});
