import type { Rule } from '../rule.ts';
import { dockerConfigsOf, registriesOf, shownRegistry } from './docker-configs.ts';

/** A registry in a pull secret, written so that no image is its. */
export const dockerRegistry: Rule = {
  code: 'secrets/docker-registry',
  *check(objects) {
    for (const config of dockerConfigsOf(objects)) {
      for (const [registry] of registriesOf(config)) {
        const problem = problemOf(registry);
        if (problem === undefined) continue;
        yield {
          on: config.on,
          path: config.path,
          fault: 'value',
          message: `the registry ${shownRegistry(registry)} is the one of no image: ${problem}`,
          expected: 'HOST, HOST:PORT or HOST/PATH, as images begin',
          hint: 'Write the beginning of the images; https://index.docker.io/v1/ is Docker Hub.',
        };
        break;
      }
    }
  },
};

/** Names of Docker Hub that no image begins with; index.docker.io and docker.io are the ones. */
const HUB = /^(?:hub\.docker\.com|registry-1\.docker\.io|registry\.hub\.docker\.com)$/;

/** Source: Kubernetes, pkg/credentialprovider/keyring.go: Add, URLsMatch. */
function problemOf(registry: string): string | undefined {
  const [, host = '', path = ''] = /^(?:https?:\/\/)?([^/]*)(.*)$/.exec(registry) ?? [];
  if (/\s/.test(registry)) return 'it has a space in it';
  if (host.includes('@')) return 'a user has no place in it';
  if (/^[a-z]+:\/\//i.test(registry) && !/^https?:\/\//.test(registry))
    return 'only https:// and http:// may stand before the host';
  if (HUB.test(host)) return 'images of Docker Hub are looked up as docker.io or index.docker.io';
  if (host === '*') return 'a * stands for one part of a host, between dots';
  if (/[A-Z]/.test(host)) return 'the hosts of images are in small letters';
  return problemOfPath(path);
}

function problemOfPath(path: string): string | undefined {
  if (/^\/v[12]$/.test(path)) return 'without a slash at its end, this path is part of no image';
  return /[:@]/.test(path) ? 'images are looked up without their tag or digest' : undefined;
}
