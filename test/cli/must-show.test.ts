import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../tools/fake-program.ts';
import { positionIn, projectWith, ROOT, tankard, tankardJson } from './tankard.ts';

interface Report {
  readonly environments: readonly {
    readonly path: string;
    readonly findings: readonly Record<string, unknown>[];
  }[];
  readonly summary: Record<string, number>;
}

describe("'eks.amazonaws.com/role-arm', written by hand", () => {
  const MAIN = `local tankard = import 'tankard/main.libsonnet';
{
  serviceAccount: tankard.irsa.serviceAccount.new(
    'app',
    'default',
    'arn:aws:iam::123456789012:role/app',
  ) + {
    metadata+: { annotations+: { 'eks.amazonaws.com/role-arm': 'arn:aws:iam::123456789012:role/app' } },
  },
}
`;
  const { line, column } = positionIn(MAIN, "'eks.amazonaws.com/role-arm'");

  it('makes validate exit 1 and name the file and the line', async () => {
    const cwd = await projectWith(MAIN);
    const { exitCode, stdout } = await tankard(['validate'], { cwd });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('eks.amazonaws.com/role-arm');
    expect(stdout).toContain('Did you mean eks.amazonaws.com/role-arn?');
    expect(stdout).toMatch(
      new RegExp(`^ +at environments/x/main\\.jsonnet:${line}:${column}$`, 'm'),
    );
  });

  it('is the same in JSON', async () => {
    const cwd = await projectWith(MAIN);
    const { exitCode, json } = await tankardJson<Report>(['validate'], { cwd });
    expect(exitCode).toBe(1);
    expect(json.summary).toMatchObject({ environments: 1, manifests: 1, errors: 1, warnings: 0 });
    expect(json.environments[0]?.findings).toMatchObject([
      {
        code: 'annotation/unknown-key',
        severity: 'error',
        resource: { kind: 'ServiceAccount', namespace: 'default', name: 'app' },
        path: ['metadata', 'annotations', 'eks.amazonaws.com/role-arm'],
        location: { file: 'environments/x/main.jsonnet', line, column, certainty: 'exact' },
      },
    ]);
  });

  it("is found in an object that is none of tankard's, and in a file that main.jsonnet imports", async () => {
    const library = `{
  new(name):: {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      name: name,
      annotations: { 'eks.amazonaws.com/role-arm': 'x' },
    },
  },
}
`;
    const cwd = await projectWith("{ a: (import 'account.libsonnet').new('a') }", {
      'lib/account.libsonnet': library,
    });
    const { stdout } = await tankard(['validate'], { cwd });
    const at = positionIn(library, "'eks.amazonaws.com/role-arm'");
    expect(stdout).toContain(`at lib/account.libsonnet:${at.line}:${at.column}`);
  });
});

describe('a role ARN with 11 digits', () => {
  const MAIN = `local tankard = import 'tankard/main.libsonnet';
local account = '12345678901';

{
  serviceAccount: tankard.irsa.serviceAccount.new(
    'app',
    'default',
    'arn:aws:iam::%s:role/app' % account,
  ),
}
`;
  const call = positionIn(MAIN, 'tankard.irsa.serviceAccount.new(');
  const argument = positionIn(MAIN, `'arn:aws:iam::%s:role/app'`);

  it("names the parameter, the rule in words, the argument's line and the caller's", async () => {
    const cwd = await projectWith(MAIN);
    const { exitCode, stdout } = await tankard(['validate'], { cwd });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/irsa\.serviceAccount\.new: roleArn must be /);
    expect(stdout).toMatch(/an account of 12 digits/);
    expect(stdout).toContain('got string "arn:aws:iam::12345678901:role/app"');
    expect(stdout).toContain(
      `at environments/x/main.jsonnet:${argument.line}:${argument.column} (see also `,
    );
    expect(stdout).toContain(`environments/x/main.jsonnet:${call.line}:${call.column}`);
  });

  it("says so of this repository's own environment too, at its line", async () => {
    const source = await readFile(path.join(ROOT, 'environments/eks-irsa/main.jsonnet'), 'utf8');
    const changed = source.replace('054000737513', '05400073751');
    expect(changed).not.toBe(source);
    const cwd = await projectWith(changed);
    const { json } = await tankardJson<Report>(['validate'], { cwd });
    expect(json.environments[0]?.findings).toMatchObject([
      {
        code: 'jsonnet/assert',
        location: {
          file: 'environments/x/main.jsonnet',
          line: positionIn(changed, '05400073751').line,
          certainty: 'exact',
        },
      },
    ]);
  });
});

/** A copy of the checkout: what git would commit, what is built, and a link to the packages. */
async function copyOfCheckout(): Promise<string> {
  const copy = path.join(await temporaryDirectory(), 'copy');
  const { stdout } = await execa('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: ROOT,
  });
  const files = stdout
    .split('\0')
    .filter((file) => /^(?:(?:lib|jsonnet|docs|schemas|tools)\/|[^/]+\.(?:json|yaml)$)/.test(file));
  for (const file of files)
    await cp(path.join(ROOT, file), path.join(copy, file)).catch(ignoreAbsent);
  await cp(path.join(ROOT, 'dist'), path.join(copy, 'dist'), { recursive: true });
  await symlink(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
  return copy;
}

/** git lists a file that was removed and is not committed yet. */
function ignoreAbsent(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

describe('generate', () => {
  const FILE = 'jsonnet/tankard/gen/irsa.libsonnet';

  it('--check exits 0, and 16 after one generated byte is changed; generate mends it', async () => {
    const cwd = await copyOfCheckout();
    expect(await tankard(['generate', '--check'], { cwd })).toMatchObject({
      exitCode: 0,
      stdout: '',
    });

    const file = path.join(cwd, FILE);
    const whole = await readFile(file);
    const changed = Buffer.from(whole);
    changed[changed.length - 3] = 'X'.charCodeAt(0);
    await writeFile(file, changed);
    const stale = await tankard(['generate', '--check'], { cwd });
    expect(stale).toMatchObject({ exitCode: 16, stdout: `changed  ${FILE}\n` });
    expect(stale.stderr).toMatch(/1 of \d+ generated files are stale\nRun tankard generate\./);
    expect(await readFile(file)).toEqual(changed);

    const written = await tankard(['generate'], { cwd });
    expect(written).toMatchObject({ exitCode: 0, stdout: `changed  ${FILE}\n` });
    expect(await readFile(file)).toEqual(whole);
    expect((await tankard(['generate', '--check'], { cwd })).exitCode).toBe(0);
  }, 120_000);

  it('with something in the way of a file: exit 2, and no file is written in part', async () => {
    const cwd = await copyOfCheckout();
    const [first, blocked] = ['docs/reference/irsa.md', FILE].map((file) =>
      path.join(cwd, file),
    ) as [string, string];
    const whole = await readFile(first, 'utf8');
    await writeFile(first, 'stale');
    await rm(blocked);
    await mkdir(path.join(blocked, 'in-the-way'), { recursive: true });
    const { exitCode, stderr } = await tankard(['generate'], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(FILE);
    expect(['stale', whole]).toContain(await readFile(first, 'utf8'));
    const left = await readdir(path.dirname(blocked));
    expect(left.filter((name) => name.endsWith('.tmp'))).toEqual([]);
  }, 120_000);

  it('in a project that declares nothing to generate: exit 2, and what to write', async () => {
    const cwd = await projectWith('{}');
    const { exitCode, stderr } = await tankard(['generate'], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /tankard\.yaml in .* does not say what to generate\nAdd generate\.declarations/,
    );
  });
});
