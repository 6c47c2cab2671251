/** The process groups that are still running, by the process id of their leader. */
const running = new Set<number>();
let cleansUp = false;

/**
 * Remembers a process group so that it ends with this process, however that ends in an orderly way.
 *
 * @param pid process id of the group's leader; undefined when it did not start.
 * @returns a function that forgets it again.
 */
export function trackGroup(pid: number | undefined): () => void {
  if (pid === undefined) return () => undefined;
  running.add(pid);
  if (!cleansUp) process.once('exit', killRemaining);
  cleansUp = true;
  return () => running.delete(pid);
}

/** Sends a signal to a process group; one that has ended is no error. */
export function killGroup(pid: number | undefined, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return;
  try {
    // Windows has no process groups; there the leader alone is ended.
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function killRemaining(): void {
  for (const pid of running) killGroup(pid, 'SIGKILL');
}
