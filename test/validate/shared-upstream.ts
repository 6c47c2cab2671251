import { cacheDirectory } from '../../lib/disk/cache.ts';
import { openUpstream, type Upstream } from '../../lib/sources/upstream.ts';

// Taken before a test points TANKARD_CACHE elsewhere: schemas are slow to fetch and never change.
const directory = cacheDirectory('schemas');
let upstream: Promise<Upstream> | undefined;

/** The upstream schemas of the default Kubernetes version, from the user's own cache. */
export function sharedUpstream(): Promise<Upstream> {
  upstream ??= openUpstream({ directory });
  return upstream;
}
