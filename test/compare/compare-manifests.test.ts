import { expect, test } from 'vitest';
import { compareManifests } from '../../lib/compare/compare-manifests.ts';
import type { ResourceChange } from '../../lib/compare/resource-change.ts';
import { parseManifests } from '../../lib/manifest/parse-manifests.ts';

function compare(before: string, after: string): ResourceChange[] {
  return compareManifests(parseManifests(before), parseManifests(after));
}

const deployment = (containers: string): string =>
  `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { template: { spec: { containers: [${containers}] } } }
`;

test('names the container whose image changed, though another one was put in front', () => {
  expect(
    compare(
      deployment('{ name: web, image: "web:1" }'),
      deployment('{ name: proxy, image: "proxy:1" }, { name: web, image: "web:2" }'),
    ),
  ).toEqual([
    {
      kind: 'changed',
      resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
      values: [
        {
          kind: 'added',
          path: ['spec', 'template', 'spec', 'containers', { keys: { name: 'proxy' } }],
          after: { name: 'proxy', image: 'proxy:1' },
          secret: false,
        },
        {
          kind: 'changed',
          path: ['spec', 'template', 'spec', 'containers', { keys: { name: 'web' } }, 'image'],
          before: 'web:1',
          after: 'web:2',
          secret: false,
        },
      ],
    },
  ]);
});
