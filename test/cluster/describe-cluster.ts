import { afterAll, beforeAll, describe } from 'vitest';
import { type ApiServer, type ClusterOptions, startApiServer } from './api-server.ts';
import { isCi, missingPrograms } from './programs.ts';

/** A first build, on a machine that does other things too. */
const BUILD_TIMEOUT_MS = 30 * 60_000;

/**
 * A suite with a Kubernetes API server of its own. With CI set it always runs, and builds the server when the cache
 * lacks it; elsewhere it is skipped then, and says so.
 *
 * @param suite gets a function that gives the running server, to be called in hooks and tests.
 * @param options of the server.
 */
export function describeCluster(
  name: string,
  suite: (server: () => ApiServer) => void,
  options: ClusterOptions = {},
): void {
  const reason = isCi() ? undefined : missingPrograms();
  if (reason !== undefined) console.log(`skipped: ${name}: ${reason}`);
  describe.skipIf(reason !== undefined)(name, () => {
    let server: ApiServer | undefined;
    beforeAll(async () => {
      server = await startApiServer(options);
    }, BUILD_TIMEOUT_MS);
    afterAll(() => server?.stop());
    suite(() => {
      if (server === undefined) throw new Error('the API server runs only in hooks and tests');
      return server;
    });
  });
}
