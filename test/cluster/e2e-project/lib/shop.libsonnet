// A shop in a namespace of its own.
{
  local metadata = { name: error 'a name is needed', namespace: $.name, labels: { app: $.name } },

  name:: error 'a name is needed',
  replicas:: 1,
  settings:: { CURRENCY: 'EUR' },
  banners:: ['spring'],

  namespace: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: $.name } },
  account: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadata { name: 'shop' } },
  settingsMap: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadata { name: 'settings' },
    data: $.settings,
  },
  bannerMaps: [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: metadata { name: 'banner-' + banner },
      data: { text: 'Welcome to ' + $.name + ' in ' + banner },
    }
    for banner in $.banners
  ],
  password: {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'Opaque',
    metadata: metadata { name: 'database' },
    data: { password: std.base64('open sesame of ' + $.name) },
  },
  service: {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata { name: 'shop' },
    spec: { selector: { app: $.name }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
  },
  deployment: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata { name: 'shop' },
    spec: {
      replicas: $.replicas,
      selector: { matchLabels: { app: $.name } },
      template: {
        metadata: { labels: { app: $.name } },
        spec: {
          serviceAccountName: 'shop',
          containers: [{
            name: 'shop',
            image: 'example.com/shop:1.4.2',
            envFrom: [{ configMapRef: { name: 'settings' } }],
            ports: [{ name: 'http', containerPort: 8080 }],
            resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } },
          }],
        },
      },
    },
  },
}
