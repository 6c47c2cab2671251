import type {
  ClusterAnswer,
  ClusterConnection,
  ClusterRequest,
} from '../../lib/cluster/cluster-connection.ts';

/** An object, a text, a status of HTTP, or an error to be thrown. */
export type Answer = object | string | number | Error;
/** What a path is answered with, or what says it for each request. */
export type Scripted = Answer | (() => Answer);

const KINDS: Readonly<Record<string, readonly (readonly [kind: string, plural: string])[]>> = {
  '/api/v1': [
    ['Pod', 'pods'],
    ['PersistentVolumeClaim', 'persistentvolumeclaims'],
  ],
  '/apis/apps/v1': [['Deployment', 'deployments']],
  '/apis/example.com/v1': [['Widget', 'widgets']],
};

/** A connection whose answers are the test's, for faults that a real server has at no set time. */
export function fakeCluster(answers: Readonly<Record<string, Scripted>>): {
  readonly connection: ClusterConnection;
  readonly requests: readonly ClusterRequest[];
} {
  const requests: ClusterRequest[] = [];
  const request = async (asked: ClusterRequest): Promise<ClusterAnswer> => {
    requests.push(asked);
    const scripted = answers[asked.path] ?? discovery(asked.path);
    const answer = typeof scripted === 'function' ? scripted() : scripted;
    if (answer instanceof Error) throw answer;
    if (typeof answer === 'number') return { status: answer, body: '' };
    if (typeof answer === 'string') return { status: 200, body: answer };
    return { status: 200, body: JSON.stringify(answer) };
  };
  return {
    requests,
    connection: {
      context: 'test',
      server: 'https://127.0.0.1',
      user: 'test',
      request,
      getJson: async (path) => JSON.parse((await request({ path })).body),
    },
  };
}

function discovery(path: string): Scripted {
  const kinds = KINDS[path];
  if (kinds === undefined) return 404;
  const resources = kinds.map(([kind, name]) => ({ name, kind, namespaced: true, verbs: ['get'] }));
  return { resources };
}
