import { expect, it } from 'vitest';
import { makeEnvironment } from '../tanka/project.ts';
import { tankard } from './tankard.ts';

const LIBRARY = `{
  deployment:: {
    new(name):: { kind: 'Deployment', metadata: { name: name } },
    spec:: {
      withReplicas(replicas):: { spec+: { replicas: replicas } },
    },
  },
}
`;

async function validate(expression: string): Promise<string> {
  const cwd = await makeEnvironment(`local k = import 'k.libsonnet';\n{ a: ${expression} }`, {
    '.tankard/libs/k8s-1.34/main.libsonnet': LIBRARY,
    'lib/k.libsonnet': "import '../.tankard/libs/k8s-1.34/main.libsonnet'",
  });
  const { exitCode, stdout } = await tankard(['validate', 'environments/dev'], { cwd });
  expect(exitCode).toBe(1);
  return stdout;
}

it.each([
  ['a function', "k.deployment.spec.withReplicsa('a')", 'Did you mean withReplicas?'],
  ['an object', "k.deploymnt.new('a')", 'Did you mean deployment?'],
])('suggests the name of %s of a library that was misspelt', async (_what, expression, hint) => {
  expect(await validate(expression)).toContain(hint);
});

it('suggests nothing for a name that is like none', async () => {
  expect(await validate('k.deployment.spec.zone')).not.toContain('Did you mean');
});
