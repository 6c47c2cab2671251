import type { TankaArguments } from '../../tanka/arguments.ts';
import type { ProjectOptions } from '../project.ts';

/** What to preview. */
export interface PreviewOptions extends ProjectOptions {
  /** Paths of environments, relative to `cwd`, or to the project root; all of the project when empty or absent. */
  readonly environments?: readonly string[];
  /** Minor version of Kubernetes; wins over tankard.yaml. */
  readonly kubernetes?: string;
  /** Passed on to tk. */
  readonly args?: TankaArguments;
  /** Look at the files again and again, for file systems that inotify does not see, such as NFS. @default false */
  readonly poll?: boolean;
}
