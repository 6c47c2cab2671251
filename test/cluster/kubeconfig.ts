import { writeFile } from 'node:fs/promises';
import { stringify } from 'yaml';

/** A context of a kubeconfig, with a cluster and a user of the same name. */
export interface ContextEntry {
  readonly name: string;
  /** Such as `https://127.0.0.1:40123`. */
  readonly server: string;
  /** Absolute path of the PEM file with the authority that the server's certificate is checked against. */
  readonly certificate: string;
  readonly token: string;
}

/**
 * Writes a kubeconfig that only its owner may read.
 *
 * @param current name of the current context; undefined leaves it unset.
 */
export async function writeKubeconfig(
  file: string,
  entries: readonly ContextEntry[],
  current: string | undefined = entries[0]?.name,
): Promise<void> {
  const text = stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: entries.map(({ name, server, certificate }) => ({
      name,
      cluster: { server, 'certificate-authority': certificate },
    })),
    users: entries.map(({ name, token }) => ({ name, user: { token } })),
    contexts: entries.map(({ name }) => ({ name, context: { cluster: name, user: name } })),
    ...(current === undefined ? {} : { 'current-context': current }),
  });
  await writeFile(file, text, { mode: 0o600 });
}
