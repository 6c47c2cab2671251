import { Failure } from '../finding/failure.ts';

/**
 * A file of the project is not what `tankard.lock` pins. It is the user's own, so this is no attack but a reason to
 * import again; `tankard import --check` calls it stale.
 */
export class ChangedSource extends Failure {
  /** @param what such as `crds/foo.yaml changed`. */
  constructor(what: string) {
    super('usage', `${what} since tankard.lock was written`, { hint: 'Run `tankard import`.' });
  }
}
