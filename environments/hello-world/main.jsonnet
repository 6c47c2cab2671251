local name = 'hello-world';
local labels = { app: name };
local port = { name: 'http', containerPort: 80 };

{
  deployment: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: name, labels: labels },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels: labels },
        spec: { containers: [{ name: name, image: 'nginx:1.29', ports: [port] }] },
      },
    },
  },

  service: {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: name, labels: labels },
    spec: { selector: labels, ports: [{ name: port.name, port: 80, targetPort: port.name }] },
  },
}
