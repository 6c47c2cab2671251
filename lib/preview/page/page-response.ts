import { randomBytes } from 'node:crypto';
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { PageAsset } from './page-assets.ts';
import type { PageFailure } from './page-data.ts';

/** What stands in the HTML for the nonce of the styles that scripts make. */
const NONCE = /__NONCE__/g;

/**
 * The headers that all answers have. The page runs its own files and talks to its own server; no other page may embed,
 * open or read it, and nothing of it is kept.
 */
function safeHeaders(nonce?: string): OutgoingHttpHeaders {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self'${nonce === undefined ? '' : ` 'nonce-${nonce}'`}`,
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'self'",
      "worker-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  };
}

/** Answers with JSON. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, 'application/json; charset=utf-8', Buffer.from(JSON.stringify(value)));
}

/** Says why there is no answer. */
export function sendFailure(response: ServerResponse, status: number, failure: PageFailure): void {
  sendJson(response, status, failure);
}

/** Answers with one line of plain text. */
export function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  headers: OutgoingHttpHeaders = {},
): void {
  send(response, status, 'text/plain; charset=utf-8', Buffer.from(`${text}\n`), headers);
}

/** Answers with a file of the page; HTML gets a nonce of its own each time. */
export function sendAsset(response: ServerResponse, { bytes, type, isImmutable }: PageAsset): void {
  if (type.startsWith('text/html')) {
    // 128 bits, as the Content Security Policy Level 3 asks for.
    const nonce = randomBytes(16).toString('base64');
    const html = bytes.toString('utf8').replaceAll(NONCE, nonce);
    send(response, 200, type, Buffer.from(html), safeHeaders(nonce));
    return;
  }
  const forEver = { 'Cache-Control': 'private, max-age=31536000, immutable' };
  send(response, 200, type, bytes, isImmutable ? forEver : {});
}

/** Begins a stream of server-sent events. */
export function startEvents(response: ServerResponse): void {
  response.writeHead(200, { ...safeHeaders(), 'Content-Type': 'text/event-stream' });
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: Buffer,
  headers: OutgoingHttpHeaders = {},
): void {
  // Who asked may be gone.
  if (response.destroyed || response.headersSent) return;
  const all = { ...safeHeaders(), ...headers, 'Content-Type': type, 'Content-Length': body.length };
  response.writeHead(status, all).end(body);
}
