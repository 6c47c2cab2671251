import { execFileSync } from 'node:child_process';
import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { projectWith, ROOT, tankard } from './tankard.ts';

test("a project's own declarations become mixins, types and validators that work there", async () => {
  const main = `local mixins = import 'mixins/main.libsonnet';
{ sa: mixins.irsa.serviceAccount.new('a', 'default', 'arn:aws:iam::123456789012:role/ARGUMENT') }`;
  const config = `generate:
  declarations: declarations
  jsonnet: lib/mixins
  typescript: generated
  reference: docs/mixins
`;
  const cwd = await projectWith(main.replace('ARGUMENT', 'a'), {
    'tankard.yaml': config,
    'environments/wrong/main.jsonnet': main.replace('ARGUMENT', ''),
    'environments/wrong/spec.json': '{}',
  });
  await cp(path.join(ROOT, 'lib', 'schemas'), path.join(cwd, 'declarations'), { recursive: true });

  expect(await tankard(['generate'], { cwd })).toMatchObject({ exitCode: 0 });
  expect(await tankard(['generate', '--check'], { cwd })).toMatchObject({ exitCode: 0 });
  const page = await readFile(path.join(cwd, 'docs', 'mixins', 'irsa.md'), 'utf8');
  expect(page).toContain("    eks.amazonaws.com/token-expiration: '3600'\n");
  expect(page).toContain('irsa.serviceAccount.new: roleArn must be an IAM role ARN');
  expect(await tankard(['validate', 'environments/x'], { cwd })).toMatchObject({ exitCode: 0 });
  const { stdout, exitCode } = await tankard(['validate', 'environments/wrong'], { cwd });
  expect(stdout).toContain('irsa.serviceAccount.new: roleArn must be an IAM role ARN');
  expect(stdout).toContain('\n      at environments/wrong/main.jsonnet:2:54 (see also ');
  expect(exitCode).toBe(1);

  const program = `import * as validators from './generated/validators.js';
console.log(validators.irsa_serviceAccount({ name: 'a', namespace: 'b', roleArn: 'x' }));`;
  const args = ['--input-type=module', '-e', program];
  expect(execFileSync(process.execPath, args, { cwd, encoding: 'utf8' })).toBe('false\n');
  const tsc = path.join(ROOT, 'node_modules', '.bin', 'tsc');
  const options = ['--strict', '--noEmit', '--module', 'nodenext'];
  const files = ['generated/types/irsa.ts', 'generated/validators.d.ts'];
  execFileSync(tsc, [...options, ...files], { cwd });
});
