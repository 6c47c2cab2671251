import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';

const POLL_MS = 50;
const SHOWN_LINES = 20;
const KEEPER = path.join(import.meta.dirname, 'run-until-eof.sh');

/** A server that ends with this process at the latest. */
export interface ChildProgram {
  /**
   * Waits until the server answers.
   *
   * @param isReady asked again and again; an error is a no.
   * @throws Error with the end of the server's log when it ends or `timeoutMs` are over.
   */
  waitFor(isReady: () => Promise<boolean>, timeoutMs: number): Promise<void>;
  /** Kills it, and waits until it has ended. */
  stop(): Promise<void>;
}

/**
 * Starts a server.
 *
 * @param directory is removed when the server is stopped.
 */
export function startProgram(
  directory: string,
  file: string,
  args: readonly string[],
): ChildProgram {
  const name = path.basename(file);
  const log: string[] = [];
  let ended = false;
  const subprocess = execa(KEEPER, [directory, file, ...args], {
    cwd: directory,
    stdin: 'pipe',
    stdout: 'ignore',
    stderr: 'pipe',
    buffer: false,
    // A signal to this process's group does not reach it, so that it can clean up.
    detached: true,
    reject: false,
  });
  subprocess.stderr.setEncoding('utf8').on('data', (text: string) => {
    log.push(text);
    if (log.length > SHOWN_LINES) log.shift();
  });
  const end = subprocess.then(() => (ended = true));
  const tail = (): string => log.join('').split('\n').slice(-SHOWN_LINES).join('\n');
  return {
    async waitFor(isReady, timeoutMs) {
      const deadline = Date.now() + timeoutMs;
      while (!(await isReady().catch(() => false))) {
        if (ended) throw new Error(`${name} ended:\n${tail()}`);
        if (Date.now() > deadline)
          throw new Error(`${name} is not ready after ${timeoutMs} ms:\n${tail()}`);
        await sleep(POLL_MS);
      }
    },
    async stop() {
      subprocess.stdin.end();
      await end;
    },
  };
}
