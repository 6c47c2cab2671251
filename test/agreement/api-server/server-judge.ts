import { readFile } from 'node:fs/promises';
import https from 'node:https';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { KubeConfig } from '@kubernetes/client-node';
import type { Json } from '../../../lib/model/node.ts';
import type { UpstreamKind } from '../../../lib/sources/upstream.ts';
import type { ApiServer } from '../../cluster/api-server.ts';
import type { Verdict } from '../judge.ts';
import type { Crd } from './custom-resources.ts';

const STRICT = 'dryRun=All&fieldValidation=Strict';
const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
/** The server serves a new CRD within some seconds. */
const SERVED_TIMEOUT_MS = 120_000;
const POLL_MS = 200;

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A running API server that is asked what it would do with an object. */
export class ServerJudge {
  readonly #url: string;
  readonly #options: https.RequestOptions;

  private constructor(url: string, options: https.RequestOptions) {
    this.#url = url;
    this.#options = options;
  }

  static async connect(server: ApiServer): Promise<ServerJudge> {
    const config = new KubeConfig();
    config.loadFromString(await readFile(server.kubeconfig, 'utf8'));
    const options: https.RequestOptions = {};
    await config.applyToHTTPSOptions(options);
    return new ServerJudge(server.url, options);
  }

  /** Creates namespaces and CRDs, and waits until the server takes objects of the kinds. */
  async install(namespaces: readonly string[], crds: readonly Crd[]): Promise<void> {
    for (const name of namespaces)
      await this.#create('/api/v1/namespaces', {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name },
      });
    for (const crd of crds) await this.#create(CRDS, crd as Json);
    const deadline = Date.now() + SERVED_TIMEOUT_MS;
    for (const { spec } of crds) {
      while (!(await this.#isServed(spec.group, spec.names.plural))) {
        if (Date.now() > deadline) throw new Error(`${spec.names.plural} are not served`);
        await sleep(POLL_MS);
      }
    }
  }

  /**
   * What the server says to creating an object, without doing it: what `kubectl apply --dry-run=server
   * --validate=strict` asks for an object that is not there.
   *
   * @param kind that the object is of; undefined: one that the schemas do not have.
   */
  async judge(value: Json, kind: UpstreamKind | undefined): Promise<Verdict> {
    const { status, body } = await this.#post(`${pathOf(value, kind)}?${STRICT}`, value);
    if (status === 200 || status === 201) return undefined;
    return messageOf(body) ?? `HTTP ${status}`;
  }

  async #create(path: string, value: Json): Promise<void> {
    const { status, body } = await this.#post(path, value);
    if (status !== 201 && status !== 409) throw new Error(`POST ${path}: ${body}`);
  }

  async #isServed(group: string, plural: string): Promise<boolean> {
    const { status } = await this.#send('GET', `${CRDS}/${plural}.${group}`);
    if (status !== 200) return false;
    const { body } = await this.#send('GET', `/apis/${group}`);
    const { versions = [] } = JSON.parse(body) as { versions?: { version: string }[] };
    for (const { version } of versions) {
      const list = await this.#send('GET', `/apis/${group}/${version}/${plural}?limit=1`);
      if (list.status === 200) return true;
    }
    return false;
  }

  #post(path: string, value: Json): Promise<Answer> {
    return this.#send('POST', path, JSON.stringify(value));
  }

  #send(method: string, path: string, body?: string): Promise<Answer> {
    const headers = {
      ...(this.#options.headers as Record<string, string>),
      'Content-Type': 'application/json',
    };
    return new Promise((resolve, reject) => {
      https
        .request(this.#url + path, { ...this.#options, method, headers }, (response) => {
          text(response).then(
            (answer) => resolve({ status: response.statusCode ?? 0, body: answer }),
            reject,
          );
        })
        .on('error', reject)
        .end(body);
    });
  }
}

/** Whether an object can be sent at all: its kind and namespace are in the address. */
function pathOf(value: Json, kind: UpstreamKind | undefined): string {
  const {
    apiVersion,
    kind: name,
    metadata,
  } = value as {
    apiVersion: string;
    kind: string;
    metadata?: { namespace?: unknown };
  };
  const root = `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}`;
  const plural = kind?.plural ?? `${name.toLowerCase()}s`;
  if (kind?.namespaced === false) return `${root}/${plural}`;
  const { namespace } = metadata ?? {};
  const used = typeof namespace === 'string' && namespace !== '' ? namespace : 'default';
  return `${root}/namespaces/${encodeURIComponent(used)}/${plural}`;
}

function messageOf(body: string): string | undefined {
  try {
    return (JSON.parse(body) as { message?: string }).message;
  } catch {
    return body.trim() === '' ? undefined : body.trim();
  }
}
