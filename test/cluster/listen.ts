import { readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { ApiServer } from './api-server.ts';

/** A server of a test. */
export interface Listening {
  /** Such as `https://127.0.0.1:40125`. */
  readonly url: string;
  readonly port: number;
  /** Ends it and all its connections, at once. */
  close(): Promise<void>;
}

/** Starts an HTTPS server on a free port of 127.0.0.1, with the certificate of an API server. */
export async function listen(
  { certificate, directory }: Pick<ApiServer, 'certificate' | 'directory'>,
  listener: RequestListener,
): Promise<Listening> {
  const [cert, key] = await Promise.all([
    readFile(certificate),
    readFile(path.join(directory, 'apiserver.key')),
  ]);
  const server = https.createServer({ cert, key }, listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
