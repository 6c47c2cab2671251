import { styleText } from 'node:util';
import { Failure } from '../finding/failure.ts';
import type { Paint, TextStyle } from '../finding/report/text.ts';

/** Where a command writes. The only module, with main, that touches the process's streams. */
export interface Terminal {
  /** Writes to stdout: the payload. */
  print(content: string | Uint8Array): void;
  /** Writes a line to stderr: everything that is not the payload. */
  note(line: string): void;
  /** Shows a line in place of the last such line, on a terminal only. An empty line clears it. */
  progress(line: string): void;
  /** How a report looks there: in colours and as wide as the window on a terminal, plain elsewhere and under `NO_COLOR`. */
  look(stream: 'stdout' | 'stderr'): TextStyle;
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
  const interactive = process.stderr.isTTY;
  let shown = false;
  const clear = (): void => {
    if (shown) process.stderr.write('\r\u001b[K');
    shown = false;
  };
  return {
    print(content) {
      clear();
      process.stdout.write(content);
    },
    note(line) {
      clear();
      process.stderr.write(`${line}\n`);
    },
    progress(line) {
      if (!interactive) return;
      clear();
      if (line === '') return;
      process.stderr.write(line.slice(0, (process.stderr.columns ?? 80) - 1));
      shown = true;
    },
    look(name) {
      const stream = process[name];
      if (!stream.isTTY) return {};
      return {
        // It looks at NO_COLOR and at what the terminal can.
        paint: (style, text) => styleText(STYLES[style], text, { stream }),
        columns: stream.columns,
      };
    },
  };
}

/**
 * An abort signal that the first SIGINT or SIGTERM sets off; a second one ends the process at once.
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
  return controller.signal;
}
