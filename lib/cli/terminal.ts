import { styleText } from 'node:util';
import { createInterface, type Interface } from 'node:readline';
import { isatty } from 'node:tty';
import { Failure } from '../finding/failure.ts';
import type { Paint, TextStyle } from '../finding/report/text.ts';
import { readKeys } from './keys.ts';

/** Where a command writes. The only module, with main, that touches the process's streams. */
export interface Terminal {
  /** Writes to stdout: the payload. */
  print(content: string | Uint8Array): void;
  /** Writes a line to stderr: everything that is not the payload. */
  note(line: string): void;
  /** Shows a line in place of the last such line, on a terminal only. An empty line clears it. */
  progress(line: string): void;
  /**
   * Asks on stderr, and waits for a line on stdin.
   *
   * @returns the line; undefined when stdin ends, or the signal is aborted, before one comes.
   */
  ask(question: string, signal: AbortSignal): Promise<string | undefined>;
  /** How a report looks there: in colours and as wide as the window on a terminal, plain elsewhere and under `NO_COLOR`. */
  look(stream: 'stdout' | 'stderr'): TextStyle;
  /**
   * Takes single keys, and keeps a line below all that is printed.
   *
   * @param listener.key told the character that a key types.
   * @param listener.resize told when the window has another size.
   * @returns undefined unless stdin and stdout are terminals that can do it.
   */
  attend(listener: {
    readonly key: (character: string) => void;
    readonly resize: () => void;
  }): Attended | undefined;
  /** Settles when nobody reads stdout any more, which shows when something is printed. */
  readonly unread: Promise<void>;
}

/** A terminal that somebody sits at. */
export interface Attended {
  /** Shows a line below all that is printed, in place of the last one. */
  readonly status: (line: string) => void;
  /** Gives the terminal back as it was. */
  readonly release: () => void;
}

const STYLES = {
  error: ['bold', 'red'],
  warning: ['bold', 'yellow'],
  heading: ['bold'],
  faint: ['dim'],
  added: ['green'],
  changed: ['yellow'],
  removed: ['red'],
} satisfies Record<Parameters<Paint>[0], Parameters<typeof styleText>[0]>;

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { stdout, stderr } = process;
  const bottom = bottomLine();
  const ask = questions();
  return {
    print: (content) => bottom.above(() => stdout.write(content)),
    note: (line) => bottom.above(() => stderr.write(`${line}\n`)),
    progress(line) {
      if (stderr.isTTY) bottom.progress(line.slice(0, (stderr.columns ?? 80) - 1));
    },
    ask: (question, signal) => bottom.above(() => ask(question, signal)),
    look(name) {
      const stream = process[name];
      if (!stream.isTTY) return {};
      return {
        // It looks at NO_COLOR and at what the terminal can.
        paint: (style, text) => styleText(STYLES[style], text, { stream }),
        columns: stream.columns,
      };
    },
    attend(listener) {
      // stdin is opened by the first look at it; a command that takes no keys leaves it alone.
      if (!isatty(0) || !stdout.isTTY || process.env['TERM'] === 'dumb') return undefined;
      return attend(bottom, listener);
    },
    unread: new Promise((resolve) => {
      stdout.on('error', () => resolve());
    }),
  };
}

type BottomLine = ReturnType<typeof bottomLine>;

/** The line below all output: progress, until something else is written, or a status, which stays. */
function bottomLine() {
  let line = '';
  let stays = false;
  const write = (text: string): void => {
    // What is empty is not written: both streams may be files.
    if (text !== '') (stays ? process.stdout : process.stderr).write(text);
  };
  const clear = (): void => write(line === '' ? '' : '\r\u001b[J');
  return {
    clear,
    /** Writes something where the line is, and the line below it. */
    above<Result>(print: () => Result): Result {
      clear();
      const result = print();
      if (!stays) line = '';
      write(line);
      return result;
    },
    progress(text: string): void {
      if (stays) return;
      clear();
      write((line = text));
    },
    status: (text: string): void => {
      // Without wrapping, so that one line is one row. The cursor goes back to its start: where a window that gets narrower
      // wraps it after all, all of it is cleared.
      const status = text === '' ? '' : `\u001b[?7l${text}\u001b[?7h\r`;
      if (status === line) return;
      clear();
      stays = status !== '';
      write((line = status));
    },
  };
}

/** Asks questions, whose answers may all be in a pipe already. */
function questions() {
  const answers: string[] = [];
  let lines: Interface | undefined;
  let isEnded = false;
  let settle: (() => void) | undefined;
  const open = (): Interface =>
    createInterface({ input: process.stdin, terminal: false })
      .on('line', (line) => {
        answers.push(line);
        settle?.();
      })
      .on('close', () => {
        isEnded = true;
        settle?.();
      });
  return async (question: string, signal: AbortSignal): Promise<string | undefined> => {
    process.stderr.write(question);
    lines ??= open();
    // Not after the end: there is nothing to read.
    if (!isEnded) lines.resume();
    const answered = (): boolean => answers.length > 0 || isEnded || signal.aborted;
    if (!answered())
      await new Promise<void>((resolve) => {
        settle = resolve;
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    settle = undefined;
    // Else the process would wait for more.
    if (!isEnded) lines.pause();
    return signal.aborted ? undefined : answers.shift();
  };
}

function attend(bottom: BottomLine, listener: Parameters<Terminal['attend']>[0]): Attended {
  const stopKeys = readKeys(process.stdin, {
    key: listener.key,
    suspend: bottom.clear,
    resume: () => bottom.above(() => undefined),
  });
  const release = (): void => {
    process.off('exit', release);
    process.stdout.off('resize', listener.resize);
    bottom.status('');
    stopKeys();
  };
  process.stdout.on('resize', listener.resize);
  process.on('exit', release);
  return { status: bottom.status, release };
}

/**
 * An abort signal that the first SIGINT or SIGTERM sets off, also one that only npm got; a second one ends the process at once.
 * Its reason is a Failure of kind `interrupted`.
 */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new Failure('interrupted', 'interrupted'));
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  whenLeftByNpm(interrupt);
  return controller.signal;
}

/** How often it is looked whether npm has left the program behind, in milliseconds. */
const PARENT_POLL_MS = 500;

/**
 * npm and npx start a command in a shell, and hand a SIGTERM to that shell only: where sh is dash, it ends and the command
 * goes on without it. That shows by another parent; without npm, as after nohup, another parent means nothing.
 */
function whenLeftByNpm(listener: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    listener();
  }, PARENT_POLL_MS);
  timer.unref();
}
