import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** Why a request is not answered. */
export interface Refusal {
  readonly status: number;
  /** One line of plain text. */
  readonly message: string;
}

/** Names of this machine that no name server can give to another site; any port, since ssh may forward another one. */
const OWN_HOST = /^(?:127\.0\.0\.1|localhost)(?::\d{1,5})?$/i;

/**
 * Tells the requests that did not come from the page, or from the person who was given its URL:
 * - another host name: a site that had its own name resolve to 127.0.0.1 (DNS rebinding);
 * - another origin, and what another site made the browser fetch or embed (Fetch Metadata Request Headers, W3C);
 * - a path without the token, which is known only to who can read the terminal.
 *
 * @param token the first segment of the path; ASCII.
 * @returns undefined when the request may be answered.
 */
export function refuseRequest(request: IncomingMessage, token: string): Refusal | undefined {
  const { headers, method, url = '' } = request;
  if (!OWN_HOST.test(headers.host ?? ''))
    return { status: 403, message: 'Only 127.0.0.1 and localhost are answered.' };
  if (isOfOtherSite(headers))
    return { status: 403, message: 'A request of another site is not answered.' };
  if (!isSame(tokenOf(url), token))
    return { status: 403, message: 'Open the URL that the terminal prints: it has a token.' };
  if (method !== 'GET' && method !== 'HEAD')
    return { status: 405, message: 'Nothing can be changed here.' };
  return undefined;
}

function isOfOtherSite(headers: IncomingHttpHeaders): boolean {
  const { origin, host = '' } = headers;
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) return true;
  const site = headers['sec-fetch-site'];
  if (site !== 'cross-site' && site !== 'same-site') return false;
  // A link to the page may stand anywhere; a frame with it may not.
  const isOpened =
    headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return !isOpened;
}

/** The first segment of a path: `/TOKEN/rest`, `/TOKEN?query`. */
function tokenOf(url: string): string {
  return /^\/([^/?#]*)/.exec(url)?.[1] ?? '';
}

/** In a time that does not depend on how much of it is right. */
function isSame(given: string, token: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
}
