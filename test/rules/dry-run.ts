import https from 'node:https';
import { text } from 'node:stream/consumers';
import { KubeConfig } from '@kubernetes/client-node';
import { connectCluster } from '../../lib/cluster/cluster-connection.ts';

/** An object as it is sent; nothing in it is sure but where it goes. */
export interface SentObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** Asks a server what it would say to an object, as `kubectl create --dry-run=server --validate=strict` does. */
export class DryRun {
  readonly #kubeconfig: string;
  readonly #resources = new Map<
    string,
    readonly { name: string; kind: string; namespaced: boolean }[]
  >();

  /** @param kubeconfig absolute path. */
  constructor(kubeconfig: string) {
    this.#kubeconfig = kubeconfig;
  }

  /**
   * @returns the server's message when it refuses the object; undefined when it would take it.
   */
  async refusal(object: SentObject): Promise<string | undefined> {
    return this.#post(object, '?dryRun=All&fieldValidation=Strict');
  }

  /** Creates a namespace that is not there yet. */
  async createNamespace(name: string): Promise<void> {
    const refused = await this.#post(
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
      '',
    );
    if (refused !== undefined && !refused.includes('already exists')) throw new Error(refused);
  }

  async #post(object: SentObject, query: string): Promise<string | undefined> {
    const config = new KubeConfig();
    config.loadFromFile(this.#kubeconfig);
    const options: https.RequestOptions = {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
    };
    await config.applyToHTTPSOptions(options);
    const url = `${config.getCurrentCluster()?.server}${await this.#path(object)}${query}`;
    const { status, body } = await new Promise<{ status: number; body: string }>(
      (resolve, reject) => {
        https
          .request(url, options, (response) => {
            text(response).then(
              (answer) => resolve({ status: response.statusCode ?? 0, body: answer }),
              reject,
            );
          })
          .on('error', reject)
          .end(JSON.stringify(object));
      },
    );
    if (status === 200 || status === 201) return undefined;
    return (JSON.parse(body) as { readonly message: string }).message;
  }

  async #path({ apiVersion, kind, metadata }: SentObject): Promise<string> {
    const root = `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}`;
    let resources = this.#resources.get(root);
    if (resources === undefined) {
      const connection = await connectCluster({ kubeconfig: this.#kubeconfig });
      ({ resources } = (await connection.getJson(root)) as { resources: typeof resources & {} });
      this.#resources.set(root, resources);
    }
    const resource = resources.find((each) => each.kind === kind && !each.name.includes('/'));
    if (resource === undefined) throw new Error(`the server has no ${kind} in ${apiVersion}`);
    const namespace = resource.namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : '';
    return `${root}${namespace}/${resource.name}`;
  }
}
