// The library for code that was written for ksonnet, or over grafana's ksonnet-util: in lib/k.libsonnet this file in
// place of main.libsonnet.
//
// It adds the versions of APIs that such code names, ksonnet-util's own patches among it, and that Kubernetes has
// dropped: what they give is of the version that took their place. Where the library has the version, it stays.
local formerly = { v1beta1:: if 'v1beta1' in super then super.v1beta1 else self.v1 };

(import 'main.libsonnet') + {
  apps+: formerly,
  batch+: formerly,
  policy+: formerly,
  rbac+: formerly,
  scheduling+: formerly,
}
