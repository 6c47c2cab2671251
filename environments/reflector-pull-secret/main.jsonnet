local tankard = import 'tankard/main.libsonnet';
local pullSecret = tankard.pullSecret;
local reflector = tankard.reflector;
local sealedSecret = tankard.sealedSecret.sealedSecret;

local name = 'image-pull-secret';
local namespace = 'kube-system';

{
  // The plain Secret is not rendered: it is what kubeseal gets, with a password that stands in no file.
  plain:: pullSecret.secret.forRegistry(
    name,
    namespace,
    'registry.example.com',
    'pull',
    std.extVar('password'),
    'platform@example.com',
  ),

  // sealed.json is what kubeseal made of it. The annotations, by which Reflector copies the Secret into every
  // namespace whose name starts with wordpress-, belong in the template: they can change without sealing again.
  pullSecret:
    sealedSecret.new(name, namespace, (import 'sealed.json').spec.encryptedData)
    + sealedSecret.withTemplateType('kubernetes.io/dockerconfigjson')
    + sealedSecret.withTemplateMixin(
      reflector.source.mirroredTo([reflector.namespace.prefixed('wordpress-')])
    ),
}
