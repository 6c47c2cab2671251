import { connect, createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A line to a port that can be cut and mended, as when the server is away and back. */
export async function breakableLine(
  to: number,
): Promise<{ readonly port: number; cut(): Promise<void>; mend(): Promise<void> }> {
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  const listen = (port: number): Promise<number> =>
    new Promise((resolve) => {
      server = createServer((socket) => {
        const onward = connect(to, '127.0.0.1');
        for (const one of [socket, onward]) {
          sockets.add(one);
          one.on('error', () => one.destroy());
          one.on('close', () => sockets.delete(one));
        }
        socket.pipe(onward).pipe(socket);
      }).listen(port, '127.0.0.1', () => {
        const address = server?.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  const cut = (): Promise<void> =>
    new Promise((resolve) => {
      if (server === undefined) resolve();
      else server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
      server = undefined;
    });
  const port = await listen(0);
  onTestFinished(cut);
  return {
    port,
    cut,
    mend: async () => {
      await listen(port);
    },
  };
}
