import { missing, noField } from '../says.ts';
import type { Variant } from '../variant.ts';

const ownLibrary: Variant = {
  name: "a function of one's own between the program and the library",
  inK8sLibsonnet: true,
  files: {
    'web.libsonnet': `local k = import 'k.libsonnet';
local deployment = k.apps.v1.deployment;
local container = k.core.v1.container;

{
  defaults:: {
    replicas: 2,
    ports: [{ name: 'http', containerPort: 8080 }],
  },
  new(name, image, settings={})::
    local all = $.defaults + settings;
    {
      deployment:
        deployment.new(name, all.replicas, [self.container])
        + deployment.spec.template.spec.withPriorityClassName('web'),
      container::
        container.new(name, image)
        + container.withPorts(all.ports)
        + container.withEnvMap(self.env),
      env:: {},
    },
  withEnv(env):: { env+:: env },
}
`,
    'main.jsonnet': `local web = import 'web.libsonnet';

{
  shop: web.new('shop', 'shop:4', { replicas: 3 }) + web.withEnv({ LOG_LEVEL: 'info' }),
  site: web.new('site', 'site:2'),
}
`,
  },
  mistakes: {
    'misspelt function': [
      {
        from: 'spec.withPriorityClassName(',
        to: 'spec.withPriorityClass(',
        ...noField('withPriorityClass'),
      },
      { from: 'container.withEnvMap(', to: 'container.withEnvmap(', ...noField('withEnvmap') },
    ],
    'string for a number': [
      {
        from: '{ replicas: 3 }',
        to: `{ replicas: '3' }`,
        evaluation: 'deployment.new: replicas must be an integer, got string "3"',
      },
      {
        from: 'containerPort: 8080',
        to: `containerPort: '8080'`,
        evaluation:
          'container.withPorts: ports[0].containerPort must be an integer, got string "8080"',
      },
    ],
    'wrong argument of a helper': [
      { from: 'container.new(name, image)', to: 'container.new(image)', ...missing('image') },
      {
        from: `{ LOG_LEVEL: 'info' }`,
        to: '{ LOG_LEVEL: 3 }',
        evaluation:
          'container.withEnvMap: env.LOG_LEVEL must be a string, or an object for valueFrom, got number',
      },
    ],
    'null for a value': [
      {
        from: `web.new('site', 'site:2')`,
        to: `web.new('site', null)`,
        evaluation: 'container.new: image must be a string, got null',
      },
    ],
    'misspelt field of an item': [
      {
        from: 'containerPort: 8080',
        to: 'port: 8080',
        evaluation:
          'container.withPorts: ports[0] has no field "port"; it has containerPort, hostIP, hostPort, name, protocol',
      },
    ],
  },
};

export const OWN_LIBRARY: readonly Variant[] = [ownLibrary];
