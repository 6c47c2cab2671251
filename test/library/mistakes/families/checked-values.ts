import type { Variant } from '../variant.ts';

/** To prove that a text is the cause, the locator changes it: to what the library refuses. */
const values: Variant = {
  name: 'values that the library checks, and that stand elsewhere too',
  inK8sLibsonnet: true,
  files: {
    'main.jsonnet': `local k = import 'k.libsonnet';
local service = k.core.v1.service;
local deployment = k.apps.v1.deployment;

local type = 'ClusterIP';
local protocol = 'TCP';
local size = '1Gi';
local mode = 256;

{
  service:
    service.new('web', { name: 'web' }, [{ port: 80, protocol: protocol }])
    + service.spec.withType(type)
    + { spec+: { sessionAffinity: 'None' } },
  deployment:
    deployment.new('web', 1, [
      k.core.v1.container.new('web', 'nginx')
      + k.core.v1.container.resources.withLimits({ memory: size })
      + { imagePullPolicy: 'Always' },
    ])
    + deployment.secretVolumeMount('web', '/web', mode)
    + { spec+: { template+: { spec+: { dnsPolicy: 'Default', priority: 1 } } } },
}
`,
  },
  mistakes: {
    'misspelt enum value': [
      {
        from: `sessionAffinity: 'None'`,
        to: 'sessionAffinity: type',
        at: `local type = 'ClusterIP'`,
        validation: 'expected "ClientIP" or "None", found the string "ClusterIP"',
      },
      {
        from: `dnsPolicy: 'Default'`,
        to: 'dnsPolicy: protocol',
        at: `local protocol = 'TCP'`,
        validation:
          'expected "ClusterFirst", "ClusterFirstWithHostNet", "Default" or "None", found the string "TCP"',
      },
      {
        from: `dnsPolicy: 'Default'`,
        to: 'dnsPolicy: size',
        at: `local size = '1Gi'`,
        validation:
          'expected "ClusterFirst", "ClusterFirstWithHostNet", "Default" or "None", found the string "1Gi"',
      },
    ],
    'number for a string': [
      {
        from: `dnsPolicy: 'Default'`,
        to: 'dnsPolicy: mode',
        at: 'local mode = 256',
        validation: 'expected a string, found the number 256',
      },
    ],
    'misspelt field of an item': [
      {
        from: `dnsPolicy: 'Default'`,
        to: `dnspolicy: 'Default'`,
        validation: 'unknown field "dnspolicy"',
      },
    ],
  },
};

export const CHECKED_VALUES: readonly Variant[] = [values];
