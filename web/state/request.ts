import type { PageFailure } from '../../lib/preview/page/page-data.ts';

/** An answer that could not be had: the server said why, or it was not there. */
export class RequestError extends Error {
  readonly hint: string | undefined;
  /** The server gave no answer; it may be back soon. */
  readonly isAway: boolean;

  constructor(failure: PageFailure, isAway: boolean) {
    super(failure.message);
    this.name = 'RequestError';
    this.hint = failure.hint;
    this.isAway = isAway;
  }
}

/**
 * Asks the server of the page.
 *
 * @param path relative to the page, such as `api/environment`.
 * @throws RequestError when there is no good answer; the reason of the signal when it was aborted.
 */
export async function request<T>(
  path: string,
  query: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`${path}?${new URLSearchParams(query).toString()}`, { signal });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new RequestError({ message: 'The preview does not answer.' }, true);
  }
  if (response.ok) return (await response.json()) as T;
  throw new RequestError(await failureOf(response), false);
}

async function failureOf(response: Response): Promise<PageFailure> {
  try {
    return (await response.json()) as PageFailure;
  } catch {
    return { message: `The preview answered with status ${response.status}.` };
  }
}
