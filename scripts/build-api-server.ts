/**
 * Builds kube-apiserver and etcd into the cache, for the tests in test/cluster; at once when they are there.
 * With CI set, `npm test` runs it; elsewhere those tests are skipped until it was run.
 */
import { ensurePrograms } from '../test/cluster/programs.ts';

const { etcd, kubeApiserver } = await ensurePrograms({ onProgress: (line) => console.log(line) });
console.log(etcd);
console.log(kubeApiserver);
