import type { EnvironmentPlace } from './find-environment.ts';

/** What is needed to say where an error is. */
export interface ErrorContext extends EnvironmentPlace {
  /** Project root. */
  readonly root: string;
}
