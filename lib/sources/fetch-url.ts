import { Failure } from '../finding/failure.ts';

const TIMEOUT_MS = 60_000;
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Fetches a file with GET; redirects are followed, though not from https to http.
 *
 * @param timeoutMs after which it is given up.
 * @throws Failure `tool` when it cannot be had in time, `usage` when it has more than 64 MiB, `interrupted`
 *   on abort.
 */
export async function fetchUrl(
  url: string,
  signal?: AbortSignal,
  timeoutMs = TIMEOUT_MS,
): Promise<Buffer> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
    if (!response.ok)
      throw notFetched(url, `HTTP ${response.status} ${response.statusText}`.trim());
    if (url.startsWith('https:') && response.url.startsWith('http:'))
      throw notFetched(url, `it leads to ${response.url}, without encryption`);
    return await readBody(url, response);
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (signal?.aborted === true)
      throw new Failure('interrupted', `interrupted while fetching ${url}`);
    const late = timeout.aborted ? `no end after ${timeoutMs / 1000} seconds` : undefined;
    throw notFetched(url, late ?? reasonOf(error), error);
  }
}

async function readBody(url: string, response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MOST_BYTES)
      throw new Failure('usage', `${url} has more than ${MOST_BYTES / 1024 / 1024} MiB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** fetch itself only says "fetch failed"; of several addresses that were tried, each has its own error. */
function reasonOf(error: unknown): string {
  const { cause } = error as Error;
  const inner = cause instanceof AggregateError ? (cause.errors[0] as unknown) : cause;
  return inner instanceof Error && inner.message !== '' ? inner.message : (error as Error).message;
}

function notFetched(url: string, reason: string, cause?: unknown): Failure {
  return new Failure('tool', `cannot fetch ${url}: ${reason}`, {
    hint: 'Check the address and the network. Or download it by other means, and import the file.',
    ...(cause !== undefined && { cause }),
  });
}
