import { emitKeypressEvents, type Key } from 'node:readline';
import type { ReadStream } from 'node:tty';

/** Who reads single keys. */
interface KeyListener {
  /** A key was pressed: the character that it types, such as `q` or `?`. Keys that type none are left out. */
  readonly key: (character: string) => void;
  /** The process is about to stop, such as after Ctrl-Z: what stands on the terminal is the shell's then. */
  readonly suspend: () => void;
  /** The process runs on. */
  readonly resume: () => void;
}

/**
 * Reads single keys without their being shown, until the returned function is called. Ctrl-C and Ctrl-Z do what they do elsewhere; a terminal that is closed ends the process as SIGTERM does.
 *
 * @param input stdin of the process, which is a terminal.
 * @returns a function that gives the terminal back as it was.
 */
export function readKeys(input: ReadStream, listener: KeyListener): () => void {
  const stop = (): void => {
    listener.suspend();
    input.setRawMode(false);
    // With the default handling the process stops at this signal, and in a group that no shell looks after it does not.
    process.off('SIGTSTP', stop);
    process.kill(process.pid, 'SIGTSTP');
    setImmediate(go);
  };
  const go = (): void => {
    process.off('SIGTSTP', stop).on('SIGTSTP', stop);
    // The shell has set the terminal for itself meanwhile, which libuv does not know: it sets no mode twice.
    input.setRawMode(false).setRawMode(true);
    listener.resume();
  };
  const press = (character: string | undefined, { name, ctrl }: Key): void => {
    if (ctrl === true && name === 'c') process.kill(process.pid, 'SIGINT');
    // The whole group, as a terminal does it: npx waits for this process and has to stop too.
    else if (ctrl === true && name === 'z') process.kill(0, 'SIGTSTP');
    else if (ctrl !== true && character !== undefined) listener.key(character);
  };
  const hangUp = (): void => {
    input.off('end', hangUp).off('error', hangUp);
    process.kill(process.pid, 'SIGTERM');
  };
  const release = (): void => {
    process.off('SIGTSTP', stop).off('SIGCONT', go).off('SIGHUP', hangUp);
    input.off('keypress', press).off('end', hangUp).off('error', hangUp).pause().setRawMode(false);
  };
  // What a terminal that is gone says to being read and set is reported once, by ending.
  input.on('error', () => undefined).on('error', hangUp);
  emitKeypressEvents(input);
  input.on('keypress', press).on('end', hangUp).setRawMode(true).resume();
  process.on('SIGTSTP', stop).on('SIGCONT', go).on('SIGHUP', hangUp);
  return release;
}
