import { isRecord } from '../../../manifest/is-record.ts';
import { textAt } from '../../rendered/values-at.ts';
import type { Rule } from '../rule.ts';
import { dockerConfigsOf, registriesOf, shownRegistry } from './docker-configs.ts';

/** Credentials of a registry that the kubelet cannot read, or that contradict each other. */
export const dockerAuth: Rule = {
  code: 'secrets/docker-auth',
  *check(objects) {
    for (const config of dockerConfigsOf(objects)) {
      for (const [registry, entry] of registriesOf(config)) {
        const problem = isRecord(entry) ? problemOf(entry) : undefined;
        if (problem === undefined) continue;
        yield {
          on: config.on,
          path: config.path,
          fault: 'value',
          message: `the credentials of ${shownRegistry(registry)}: ${problem}`,
          expected:
            'auth, the base64 of USERNAME:PASSWORD; or username and password; or both alike',
          hint: 'The kubelet takes auth where there is one. tankard.pullSecret writes both from the same values.',
        };
        break;
      }
    }
  },
};

function problemOf(entry: Readonly<Record<string, unknown>>): string | undefined {
  const [auth, username, password] = ['auth', 'username', 'password'].map((key) =>
    textAt(entry, [key]),
  );
  if (auth === undefined)
    return username === undefined ? 'there is neither auth nor username' : undefined;
  const said = decoded(auth);
  const colon = said?.indexOf(':') ?? -1;
  if (said === undefined || colon < 1) return 'auth is not the base64 of USERNAME:PASSWORD';
  const isOther =
    (username !== undefined && username !== said.slice(0, colon)) ||
    (password !== undefined && password !== said.slice(colon + 1));
  return isOther ? 'auth says something else than username and password' : undefined;
}

/** Padding may be left out. Source: Kubernetes, pkg/credentialprovider/config.go. */
function decoded(auth: string): string | undefined {
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(auth);
  return isBase64 ? Buffer.from(auth, 'base64').toString('utf8') : undefined;
}
