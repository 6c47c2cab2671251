import { execa } from 'execa';

/** Longest time for one run, in ms; the locator itself stops searching after 20 s. */
const TIMEOUT_MS = 30_000;

/**
 * Runs the locator once: the request goes to its standard input as JSON.
 *
 * @param locator absolute path of the program.
 * @returns what it printed, or undefined when it did not start, failed, was stopped or took too long.
 */
export async function runLocator(
  locator: string,
  request: object,
  options: { readonly root: string; readonly signal?: AbortSignal },
): Promise<string | undefined> {
  try {
    const { failed, stdout } = await execa(locator, [], {
      input: JSON.stringify(request),
      cwd: options.root,
      timeout: TIMEOUT_MS,
      forceKillAfterDelay: 1000,
      reject: false,
      ...(options.signal && { cancelSignal: options.signal }),
    });
    return failed ? undefined : stdout;
  } catch {
    // A locator that cannot be asked costs precision only; the caller falls back to near places.
    return undefined;
  }
}
