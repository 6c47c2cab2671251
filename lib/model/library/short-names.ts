/**
 * The short names of Kubernetes' own kinds, to the name of the kind in lower case.
 * Source: `kubectl api-resources` of Kubernetes 1.36.
 */
export const SHORT_NAMES: { readonly [short: string]: string } = {
  cm: 'configmap',
  cj: 'cronjob',
  crd: 'customresourcedefinition',
  crds: 'customresourcedefinition',
  csr: 'certificatesigningrequest',
  deploy: 'deployment',
  ds: 'daemonset',
  ep: 'endpoints',
  ev: 'event',
  hpa: 'horizontalpodautoscaler',
  ing: 'ingress',
  limits: 'limitrange',
  netpol: 'networkpolicy',
  no: 'node',
  ns: 'namespace',
  pc: 'priorityclass',
  pdb: 'poddisruptionbudget',
  po: 'pod',
  pv: 'persistentvolume',
  pvc: 'persistentvolumeclaim',
  quota: 'resourcequota',
  rc: 'replicationcontroller',
  rs: 'replicaset',
  sa: 'serviceaccount',
  sc: 'storageclass',
  sts: 'statefulset',
  svc: 'service',
};
