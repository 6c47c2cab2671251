import type { ClusterConnection } from '../cluster/cluster-connection.ts';
import { Failure } from '../finding/failure.ts';
import { itemsOf, type LiveObject, parseObject } from './live-object.ts';

/** What was asked for, or why it cannot be had, in a few words. */
export type Answer<Value> = { readonly value: Value } | { readonly problem: string };

/**
 * Reads a list of objects, for a message: a problem of the cluster is a part of that.
 *
 * @param path of the collection, such as `/api/v1/namespaces/default/pods`.
 * @throws Failure `interrupted` on abort.
 */
export async function readList(
  connection: ClusterConnection,
  path: string,
  query: Readonly<Record<string, string>>,
): Promise<Answer<readonly LiveObject[]>> {
  const answer = await readText(connection, path, query);
  if ('problem' in answer) return answer;
  return { value: itemsOf(parseObject(answer.value), 'items') };
}

/** The same for a text, such as a log. */
export async function readText(
  connection: ClusterConnection,
  path: string,
  query: Readonly<Record<string, string>>,
): Promise<Answer<string>> {
  try {
    const { status, body } = await connection.request({ path, query });
    if (status === 200) return { value: body };
    return { problem: status === 403 ? 'not allowed (403)' : `HTTP status ${status}` };
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== 'cluster') throw error;
    return { problem: error.message };
  }
}
