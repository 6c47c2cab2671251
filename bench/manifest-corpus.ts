import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A manifest of one kind; `app`, `namespace` and `other` differ from one to the next. */
type Template = (names: Names) => string;

interface Names {
  readonly app: string;
  readonly namespace: string;
}

const meta = ({ app, namespace }: Names): string => `metadata:
  name: ${app}
  namespace: ${namespace}
  labels:
    app.kubernetes.io/name: ${app}
    app.kubernetes.io/component: server
    app.kubernetes.io/managed-by: tanka
  annotations:
    example.com/owner: team-${namespace}
    example.com/documentation: https://docs.example.com/${namespace}/${app}`;

const podSpec = ({ app }: Names, restart: string): string => `
serviceAccountName: ${app}
restartPolicy: ${restart}
securityContext:
  runAsNonRoot: true
  fsGroup: 65534
containers:
  - name: ${app}
    image: registry.example.com/${app}:1.27.3
    args:
      - --config=/etc/${app}/config.yaml
      - --log-level=info
    env:
      - name: MODE
        value: production
      - name: POD_NAME
        valueFrom:
          fieldRef:
            fieldPath: metadata.name
    ports:
      - name: http
        containerPort: 8080
      - name: metrics
        containerPort: 9090
    resources:
      requests:
        cpu: 100m
        memory: 128Mi
      limits:
        memory: 256Mi
    readinessProbe:
      httpGet:
        path: /ready
        port: http
      periodSeconds: 10
    volumeMounts:
      - name: config
        mountPath: /etc/${app}
volumes:
  - name: config
    configMap:
      name: ${app}`;

function indent(text: string, depth: number): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(depth));
}

const template = (names: Names, restart: string, depth: number): string =>
  indent(
    `template:
  metadata:
    labels:
      app.kubernetes.io/name: ${names.app}
  spec:${indent(podSpec(names, restart), 4)}`,
    depth,
  );

const selector = ({ app }: Names): string => `  selector:
    matchLabels:
      app.kubernetes.io/name: ${app}`;

const rules = `rules:
  - apiGroups: [""]
    resources: [configmaps, secrets]
    verbs: [get, list, watch]
  - apiGroups: [coordination.k8s.io]
    resources: [leases]
    verbs: [get, create, update]`;

const cluster = (names: Names): string =>
  meta(names)
    .replace(/\n {2}namespace: .*/, '')
    .replace(/name: (.*)/, `name: ${names.namespace}-$1`);

/** Thirty kinds, as services have them; the references between them are answered. */
const TEMPLATES: readonly Template[] = [
  (n) =>
    `apiVersion: apps/v1\nkind: Deployment\n${meta(n)}\nspec:\n  replicas: 3\n${selector(n)}\n${template(n, 'Always', 2)}`,
  (n) =>
    `apiVersion: apps/v1\nkind: StatefulSet\n${meta(n)}\nspec:\n  replicas: 3\n  serviceName: ${n.app}\n${selector(n)}\n${template(n, 'Always', 2)}`,
  (n) =>
    `apiVersion: apps/v1\nkind: DaemonSet\n${meta(n)}\nspec:\n${selector(n)}\n${template(n, 'Always', 2)}`,
  (n) =>
    `apiVersion: batch/v1\nkind: Job\n${meta(n)}\nspec:\n  backoffLimit: 3\n${template(n, 'Never', 2)}`,
  (n) =>
    `apiVersion: batch/v1\nkind: CronJob\n${meta(n)}\nspec:\n  schedule: 5 3 * * *\n  jobTemplate:\n    spec:\n${template(n, 'OnFailure', 6)}`,
  (n) => `apiVersion: v1\nkind: Pod\n${meta(n)}\nspec:${indent(podSpec(n, 'Always'), 2)}`,
  (n) =>
    `apiVersion: v1\nkind: Service\n${meta(n)}\nspec:\n  selector:\n    app.kubernetes.io/name: ${n.app}\n  ports:\n    - name: http\n      port: 80\n      targetPort: http\n    - name: metrics\n      port: 9090\n      targetPort: metrics`,
  (n) => `apiVersion: v1\nkind: ServiceAccount\n${meta(n)}\nautomountServiceAccountToken: false`,
  (n) =>
    `apiVersion: v1\nkind: ConfigMap\n${meta(n)}\ndata:\n  config.yaml: |\n    server:\n      port: 8080\n      timeout: 30s\n    features:\n      - one\n      - two`,
  (n) =>
    `apiVersion: v1\nkind: Secret\n${meta(n)}\ntype: Opaque\nstringData:\n  username: ${n.app}\n  password: correct-horse-battery`,
  (n) =>
    `apiVersion: v1\nkind: PersistentVolumeClaim\n${meta(n)}\nspec:\n  accessModes: [ReadWriteOnce]\n  storageClassName: fast\n  resources:\n    requests:\n      storage: 10Gi`,
  (n) =>
    `apiVersion: v1\nkind: LimitRange\n${meta(n)}\nspec:\n  limits:\n    - type: Container\n      default: {cpu: 500m, memory: 512Mi}\n      defaultRequest: {cpu: 100m, memory: 128Mi}`,
  (n) =>
    `apiVersion: v1\nkind: ResourceQuota\n${meta(n)}\nspec:\n  hard:\n    requests.cpu: "20"\n    requests.memory: 40Gi\n    pods: "100"`,
  (n) =>
    `apiVersion: v1\nkind: Endpoints\n${meta({ ...n, app: `${n.app}-external` })}\nsubsets:\n  - addresses:\n      - ip: 192.0.2.10\n    ports:\n      - name: http\n        port: 80`,
  (n) =>
    `apiVersion: networking.k8s.io/v1\nkind: Ingress\n${meta(n)}\nspec:\n  ingressClassName: nginx\n  rules:\n    - host: ${n.app}.${n.namespace}.example.com\n      http:\n        paths:\n          - path: /\n            pathType: Prefix\n            backend:\n              service:\n                name: ${n.app}\n                port: {name: http}`,
  (n) =>
    `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n${meta(n)}\nspec:\n  podSelector:\n    matchLabels:\n      app.kubernetes.io/name: ${n.app}\n  policyTypes: [Ingress, Egress]\n  ingress:\n    - from:\n        - namespaceSelector: {}\n      ports:\n        - port: 8080\n          protocol: TCP\n  egress:\n    - to:\n        - ipBlock: {cidr: 10.0.0.0/8}`,
  (n) =>
    `apiVersion: policy/v1\nkind: PodDisruptionBudget\n${meta(n)}\nspec:\n  minAvailable: 1\n  selector:\n    matchLabels:\n      app.kubernetes.io/name: ${n.app}`,
  (n) =>
    `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n${meta(n)}\nspec:\n  scaleTargetRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: ${n.app}\n  minReplicas: 3\n  maxReplicas: 10\n  metrics:\n    - type: Resource\n      resource:\n        name: cpu\n        target: {type: Utilization, averageUtilization: 70}`,
  (n) => `apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\n${meta(n)}\n${rules}`,
  (n) =>
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\n${meta(n)}\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: Role\n  name: ${n.app}\nsubjects:\n  - kind: ServiceAccount\n    name: ${n.app}\n    namespace: ${n.namespace}`,
  (n) => `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\n${cluster(n)}\n${rules}`,
  (n) =>
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\n${cluster(n)}\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: ${n.namespace}-${n.app}\nsubjects:\n  - kind: ServiceAccount\n    name: ${n.app}\n    namespace: ${n.namespace}`,
  (n) =>
    `apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\n${cluster(n)}\nvalue: 1000\nglobalDefault: false\ndescription: For ${n.app}`,
  (n) =>
    `apiVersion: storage.k8s.io/v1\nkind: StorageClass\n${cluster(n)}\nprovisioner: ebs.csi.aws.com\nparameters:\n  type: gp3\nallowVolumeExpansion: true\nvolumeBindingMode: WaitForFirstConsumer`,
  (n) =>
    `apiVersion: coordination.k8s.io/v1\nkind: Lease\n${meta(n)}\nspec:\n  holderIdentity: ${n.app}-0\n  leaseDurationSeconds: 15`,
  (n) =>
    `apiVersion: networking.istio.io/v1\nkind: VirtualService\n${meta(n)}\nspec:\n  hosts: [${n.app}]\n  http:\n    - match:\n        - uri: {prefix: /api}\n      timeout: 5s\n      route:\n        - destination:\n            host: ${n.app}\n            port: {number: 80}`,
  (n) =>
    `apiVersion: networking.istio.io/v1\nkind: DestinationRule\n${meta(n)}\nspec:\n  host: ${n.app}\n  trafficPolicy:\n    connectionPool:\n      tcp: {maxConnections: 100}\n      http: {http2MaxRequests: 1000}\n    outlierDetection:\n      consecutive5xxErrors: 5\n      interval: 30s`,
  (n) =>
    `apiVersion: networking.istio.io/v1\nkind: Gateway\n${meta(n)}\nspec:\n  selector:\n    istio: ingressgateway\n  servers:\n    - port: {number: 80, name: http, protocol: HTTP}\n      hosts: [${n.app}.${n.namespace}.example.com]\n      tls: {httpsRedirect: true}`,
  (n) =>
    `apiVersion: cert-manager.io/v1\nkind: Certificate\n${meta(n)}\nspec:\n  secretName: ${n.app}-tls\n  dnsNames: [${n.app}.${n.namespace}.example.com]\n  issuerRef:\n    name: ${n.app}\n    kind: Issuer\n  duration: 2160h\n  privateKey: {algorithm: ECDSA, size: 256}`,
  (n) => `apiVersion: cert-manager.io/v1\nkind: Issuer\n${meta(n)}\nspec:\n  selfSigned: {}`,
];

/** How many kinds the corpus has. */
export const CORPUS_KINDS = TEMPLATES.length;

/**
 * Writes manifests of thirty kinds in turn, some 900 bytes each, a file for a hundred of them.
 *
 * @returns the size in bytes.
 */
export function writeManifestCorpus(folder: string, count: number): number {
  mkdirSync(folder, { recursive: true });
  let bytes = 0;
  for (let start = 0; start < count; start += 100) {
    const texts = Array.from({ length: Math.min(100, count - start) }, (_, index) =>
      manifest(start + index),
    );
    const text = `${texts.join('\n---\n')}\n`;
    writeFileSync(path.join(folder, `${String(start).padStart(6, '0')}.yaml`), text);
    bytes += text.length;
  }
  return bytes;
}

function manifest(index: number): string {
  const service = Math.floor(index / TEMPLATES.length);
  const names = { app: `app-${service}`, namespace: `team-${service % 12}` };
  return TEMPLATES[index % TEMPLATES.length]?.(names) ?? '';
}
