import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { onTestFinished } from 'vitest';
import { PROGRAM } from './tankard.ts';

/** Time that a loaded machine may take for one step, in milliseconds. */
const PATIENCE_MS = 40_000;
const POLL_MS = 20;

/** A program that runs on. */
export interface Running {
  readonly pid: number;
  /** What it has written to stdout and to stderr so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Waits until it writes to stdout what fits, after the last such text. @returns what came since, without colours. */
  readonly until: (text: string | RegExp) => Promise<string>;
  /** Writes to its stdin. */
  readonly send: (text: string) => void;
  readonly signal: (name: 'SIGINT' | 'SIGTERM') => void;
  /** Its exit code. */
  readonly ended: Promise<number | null>;
}

/** How it is started. */
export interface RunningOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Its stdin is a pipe, to which `send` writes; else it is empty. */
  readonly hasInput?: boolean;
}

/** Starts a line of bash, in which `$TANKARD` is the built program. It is ended with the test. */
export function startLine(
  line: string,
  { cwd, env = {}, hasInput = false }: RunningOptions,
): Running {
  const child = spawn('bash', ['-c', line], {
    cwd,
    env: { ...process.env, ...env, TANKARD: `${process.execPath} ${PROGRAM}` },
    stdio: [hasInput ? 'pipe' : 'ignore', 'pipe', 'pipe'],
  });
  const { pid = 0 } = child;
  onTestFinished(() => void child.kill('SIGKILL'));
  let [stdout, stderr, seen] = ['', '', 0];
  child.stdout?.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr?.on('data', (chunk) => (stderr += String(chunk)));
  return {
    pid,
    stdout: () => stdout,
    stderr: () => stderr,
    async until(wanted) {
      for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(POLL_MS)) {
        const text = stripVTControlCharacters(stdout).slice(seen);
        const start = typeof wanted === 'string' ? text.indexOf(wanted) : text.search(wanted);
        if (start === -1) continue;
        seen += start + 1;
        return text;
      }
      throw new Error(`${String(wanted)} was not written:\n${stdout}\n${stderr}`);
    },
    send: (text) => void child.stdin?.write(text),
    signal: (name) => void child.kill(name),
    ended: new Promise((resolve) => {
      child.on('close', resolve);
    }),
  };
}
