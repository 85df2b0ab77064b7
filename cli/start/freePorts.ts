/** Free TCP ports on loopback. */

import { createServer, type AddressInfo, type Server } from 'node:net';

/** `count` different ports; all are held until the last is known, so none is given twice. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0)));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map(close));
  return ports;
}

/** Rejects with the system's error, such as EADDRINUSE, when the port cannot be had. */
export async function assertPortFree(port: number, host: string): Promise<void> {
  await close(await listen(port, host));
}

const listen = (port: number, host = '127.0.0.1') =>
  new Promise<Server>((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, host, () => {
      resolve(server);
    });
  });

const close = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
