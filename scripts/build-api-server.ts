/**
 * Builds kube-apiserver, etcd, kube-controller-manager and kubectl into the cache, for the tests in test/cluster and
 * for scripts/e2e.ts; at once when they are there. With CI set, `npm test` runs it; elsewhere those tests are skipped
 * until it was run.
 */
import { ensurePrograms } from '../test/cluster/programs.ts';

const programs = await ensurePrograms({ onProgress: (line) => console.log(line) });
for (const file of Object.values(programs)) console.log(file);
