import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { tankard as validateConfig } from '../../lib/gen/tankard.js';
import { PREVIEW_KEYS } from '../../lib/cli/preview-keys.ts';
import { PRESET_NAMES } from '../../lib/sources/import-source.ts';
import { startLine } from '../cli/running.ts';
import { projectWith, ROOT, tankard } from '../cli/tankard.ts';

/** The fenced blocks of a page in one language, without the fences. */
function blocks(page: string, language: string): string[] {
  const text = readFileSync(path.join(ROOT, page), 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(
    (match) => match[1] ?? '',
  );
}

const README_EXAMPLES = blocks('README.md', 'jsonnet').map((source, index) => ({
  source,
  console: blocks('README.md', 'console')[index] ?? '',
}));

/** Where in a generated library an error was raised moves with every version of it. */
function withoutGenerated(text: string): string {
  return text.replaceAll(/(vendor\/k8s-[\d.]+\/[\w./]+):\d+:\d+/g, '$1');
}

/** How long a render took differs from one to the next. */
function withoutTimes(text: string): string {
  return text.replaceAll(/ [\d.]+ m?s /g, ' TIME ');
}

describe('README', () => {
  test.each(README_EXAMPLES)('an example prints what the page shows', async (example) => {
    const root = await projectWith('{}', {
      'environments/backup/main.jsonnet': example.source,
      'environments/backup/spec.json': JSON.stringify({
        apiVersion: 'tanka.dev/v1alpha1',
        kind: 'Environment',
        metadata: { name: 'environments/backup' },
        spec: { namespace: 'backup' },
      }),
    });
    if (example.source.includes("import 'k.libsonnet'"))
      expect((await tankard(['import', 'k8s@1.34'], { cwd: root })).exitCode).toBe(0);
    const [command, ...expected] = example.console.split('\n');
    const { stdout, exitCode } = await tankard(['validate', 'environments/backup'], { cwd: root });
    expect(command).toBe('$ tankard validate environments/backup');
    expect(withoutGenerated(stdout)).toBe(withoutGenerated(expected.join('\n')));
    expect(exitCode).toBe(1);
  });

  test('a preview prints what the page shows', async () => {
    const folder = 'environments/istio-tls';
    const names = ['main.jsonnet', 'example.crt', 'example.key', 'spec.json'];
    const read = (name: string): [string, string] => [
      `${folder}/${name}`,
      readFileSync(path.join(ROOT, folder, name), 'utf8'),
    ];
    const cwd = await projectWith('{}', Object.fromEntries(names.map(read)));
    const block =
      blocks('README.md', 'console').find((one) => one.includes('tankard preview')) ?? '';
    const [command = '', first = '', ...saved] = withoutTimes(block).split('\n');
    const preview = startLine(`exec ${command.replace('$ tankard', '$TANKARD')}`, { cwd });
    await preview.until(first.split('TIME').at(-1) ?? first);
    const file = path.join(cwd, folder, 'main.jsonnet');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('hosts, $.certificate.metadata.name', "hosts, 'wild-crt'"));
    await preview.until(saved.at(-2) ?? '');
    expect(withoutTimes(preview.stdout())).toBe(`${[first, ...saved].join('\n')}\n`);
  });

  test('its first screen has the two commands', () => {
    const screen = readFileSync(path.join(ROOT, 'README.md'), 'utf8').split('\n').slice(0, 30);
    expect(screen.join('\n')).toContain('npm ci && npm run demo');
    expect(screen.join('\n')).toContain('npm ci && npm test');
  });

  test('names every command', async () => {
    const { stdout } = await tankard(['--help']);
    const commands = [...stdout.matchAll(/^ {2}(\w+)(?= )/gm)].map((match) => match[1]);
    const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
    const missing = commands.filter((name) => !readme.includes(`tankard ${name}`));
    expect(missing).toEqual(['help']);
  });
});

describe('guide', () => {
  test('its keys of the preview are those that ? shows', () => {
    const [, section = ''] =
      /^## Live preview$(.*?)^## /ms.exec(readFileSync(path.join(ROOT, 'docs/guide.md'), 'utf8')) ??
      [];
    const keys = [...section.matchAll(/^\| `(.+?)` +\|/gm)].map((match) => match[1]);
    expect(keys.map((key) => key?.replace('` … `', '-'))).toEqual(PREVIEW_KEYS.map(([key]) => key));
  });

  const complete = blocks('docs/guide.md', 'jsonnet').filter((block) => block.includes('{\n'));
  const own = complete.filter((block) => block.includes("import 'mixins/"));
  const typed = complete.filter((block) => block.includes("import 'k.libsonnet'"));
  const environments = complete.filter((one) => !own.includes(one) && !typed.includes(one));

  test('has environments to try', () => {
    expect(environments.length).toBeGreaterThan(1);
  });

  test.each([...environments.entries()])(
    'environment %d renders and is valid',
    async (_, source) => {
      const root = await projectWith(source);
      const { stdout, exitCode } = await tankard(['validate', 'environments/x'], { cwd: root });
      expect(stdout).toMatch(
        /^1 environment, \d manifests?: 0 errors, 0 warnings(, \d accepted)?\n$/,
      );
      expect(exitCode).toBe(0);
    },
  );

  test('its environment with imported libraries renders and is valid', async () => {
    const cwd = await projectWith(typed[0] ?? '');
    const [, sources = ''] =
      /^tankard import (k8s[^#]*)/m.exec(blocks('docs/guide.md', 'sh').join('')) ?? [];
    const imported = await tankard(['import', ...sources.trim().split(' ')], { cwd });
    expect(imported).toMatchObject({ exitCode: 0 });
    const { stdout } = await tankard(['validate', 'environments/x'], { cwd });
    expect(stdout).toBe('1 environment, 2 manifests: 0 errors, 0 warnings\n');
  });

  test('the presets that it names are those that there are', () => {
    const [, names = ''] = /# presets: (.*)/.exec(blocks('docs/guide.md', 'sh').join('')) ?? [];
    expect(names.split(', ')).toEqual(PRESET_NAMES.toSorted());
  });

  test('its tankard.yaml is one that is accepted, with every key but generate', () => {
    const config = load(blocks('docs/guide.md', 'yaml')[0] ?? '') as Record<string, unknown>;
    expect(validateConfig(config), JSON.stringify(validateConfig.errors)).toBe(true);
    const schema = JSON.parse(
      readFileSync(path.join(ROOT, 'schemas', 'tankard.schema.json'), 'utf8'),
    ) as { properties: Record<string, unknown> };
    const known = Object.keys(schema.properties).filter((key) => key !== 'generate');
    expect(Object.keys(config).toSorted()).toEqual(known.toSorted());
  });

  test('its declaration becomes mixins, pages and an environment that is valid', async () => {
    const cwd = await projectWith(own[0] ?? '', {
      'tankard.yaml': blocks('docs/guide.md', 'yaml')[1] ?? '',
      'declarations/redis.json': blocks('docs/guide.md', 'json')[0] ?? '',
    });
    expect(await tankard(['generate'], { cwd })).toMatchObject({ exitCode: 0 });
    const page = readFileSync(path.join(cwd, 'docs', 'mixins', 'redis.md'), 'utf8');
    expect(page).toContain("    redis.example.com/rotate-after-days: '90'\n");
    expect(page).toContain(
      'redis.connection.new: host must be a host without scheme and port, got',
    );
    const { stdout } = await tankard(['validate', 'environments/x'], { cwd });
    expect(stdout).toBe('1 environment, 1 manifest: 0 errors, 0 warnings\n');
    const shown = await tankard(['show', 'environments/x', '--show-secrets'], { cwd });
    const manifest = load(shown.stdout) as { data: Record<string, string> };
    const data = Object.entries(manifest.data).map(([key, value]) => [
      key,
      Buffer.from(value, 'base64').toString(),
    ]);
    expect(Object.fromEntries(data)).toEqual({
      url: 'rediss://:change-me@redis.example.com:6379/0',
      'settings.json': '{"host":"redis.example.com"}',
    });
  });

  test('its program compiles against the declarations', () => {
    const source = blocks('docs/guide.md', 'ts')[0] ?? '';
    const file = path.join(ROOT, 'test', 'docs', 'guide-program.ts');
    const options: ts.CompilerOptions = {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      module: ts.ModuleKind.NodeNext,
      target: ts.ScriptTarget.ES2023,
      types: ['node'],
    };
    const host = ts.createCompilerHost(options);
    const read = host.getSourceFile.bind(host);
    host.getSourceFile = (name, ...rest) =>
      name === file
        ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2023)
        : read(name, ...rest);
    const program = ts.createProgram([file], options, host);
    const messages = ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
    expect(messages).toEqual([]);
  });
});
