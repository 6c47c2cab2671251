import type { Manifest } from '../../lib/manifest/parse-manifests.ts';
import { parseManifests } from '../../lib/manifest/parse-manifests.ts';

/** As long as kubeseal makes it with a key of 4096 bits: the length of the session key, the key, and the tag of AES-GCM. */
const SEALED = Buffer.concat([Buffer.from([2, 0]), Buffer.alloc(512 + 16)]).toString('base64');

/** One valid manifest of each kind that the tests change. */
const VALID: { readonly [kind: string]: string } = {
  Deployment: `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop, labels: {app: web}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%, maxUnavailable: 0}}
  template:
    metadata: {labels: {app: web}, annotations: {a/b: "true"}}
    spec:
      serviceAccountName: web
      containers:
        - name: web
          image: nginx:1.27
          ports: [{containerPort: 80, name: http}]
          env: [{name: MODE, value: "on"}]
          resources: {requests: {cpu: 100m, memory: 1Gi}, limits: {cpu: 2}}
          livenessProbe: {httpGet: {path: /, port: http}}
      volumes: [{name: tmp, emptyDir: {}}]
`,
  Service: `
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  type: ClusterIP
  selector: {app: web}
  ports: [{name: http, port: 80, targetPort: http, protocol: TCP}]
`,
  ServiceAccount: `
apiVersion: v1
kind: ServiceAccount
metadata: {name: web, namespace: shop, annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::123456789012:role/a"}}
automountServiceAccountToken: false
`,
  Secret: `
apiVersion: v1
kind: Secret
metadata: {name: pull, namespace: shop}
type: Opaque
data: {password: aHVudGVyMg==}
stringData: {user: admin}
`,
  RoleBinding: `
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: read, namespace: shop}
roleRef: {kind: Role, name: read}
subjects: [{kind: ServiceAccount, name: web, namespace: shop}]
`,
  Gateway: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: web, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
    - port: {number: 443, name: https, protocol: HTTPS}
      hosts: [shop.example.com]
      tls: {mode: SIMPLE, credentialName: wild-cert, minProtocolVersion: TLSV1_2}
`,
  VirtualService: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: web, namespace: shop}
spec:
  hosts: [shop.example.com]
  http: [{match: [{uri: {prefix: /}}], route: [{destination: {host: web}}]}]
`,
  SealedSecret: `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: {name: pull, namespace: shop}
spec:
  encryptedData: {password: ${SEALED}}
  template: {type: Opaque, metadata: {name: pull, annotations: {a: b}}}
`,
  Certificate: `
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: web, namespace: shop}
spec:
  secretName: web-tls
  dnsNames: [shop.example.com]
  duration: 2160h
  privateKey: {algorithm: ECDSA, size: 256}
  issuerRef: {name: letsencrypt, kind: ClusterIssuer}
`,
  ClusterIssuer: `
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: {name: self-signed}
spec: {selfSigned: {}}
`,
  ExternalSecret: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: db, namespace: shop}
spec:
  refreshInterval: 1h
  secretStoreRef: {name: aws, kind: SecretStore}
  target: {name: db, creationPolicy: Owner}
  data: [{secretKey: password, remoteRef: {key: prod/db, property: password}}]
`,
};

/** The kinds that `validManifest` has. */
export const KINDS = Object.keys(VALID);

/** A valid manifest, new each time. */
export function validManifest(kind: string): Manifest {
  const [manifest] = parseManifests(VALID[kind] as string);
  return manifest as Manifest;
}

/**
 * A valid manifest with one edit.
 *
 * @param path where, such as `spec.ports.0.port`; `/` in place of `.` when a name has a dot.
 * @param value what is set there; undefined removes what was there.
 */
export function editedManifest(kind: string, path: string, value: unknown): Manifest {
  const manifest = validManifest(kind);
  const steps = path.split(path.includes('/') ? '/' : '.');
  const last = steps.pop() as string;
  const parent = steps.reduce<{ [key: string]: unknown }>(
    (current, step) => current[step] as { [key: string]: unknown },
    manifest.value,
  );
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return manifest;
}
