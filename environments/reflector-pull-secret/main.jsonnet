local tankard = import 'tankard/main.libsonnet';
local reflector = tankard.reflector;

local registry = 'registry.example.com';
local credentials = { username: 'pull', password: 'change-me', email: 'platform@example.com' };

{
  // What `kubectl create secret docker-registry image-pull-secret -n kube-system` makes, with the
  // annotations by which Reflector copies it into every namespace whose name starts with wordpress-.
  pullSecret:
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'image-pull-secret', namespace: 'kube-system' },
      type: 'kubernetes.io/dockerconfigjson',
      data: {
        '.dockerconfigjson': std.base64(std.manifestJsonMinified({
          auths: {
            [registry]: credentials {
              auth: std.base64(credentials.username + ':' + credentials.password),
            },
          },
        })),
      },
    }
    + reflector.source.mirroredTo([reflector.namespace.prefixed('wordpress-')]),
}
