import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { errorCode } from '../error-code.js';

/** The port cannot be had; the message says what to do. */
export class PortTakenError extends Error {
  constructor(host: string, port: number, options?: ErrorOptions) {
    super(
      `Port ${port} on ${host} is taken by another process. Stop that process, or set PORT to a free port.`,
      options,
    );
    this.name = 'PortTakenError';
  }
}

/**
 * Listens, and returns the address under which the service can be called from this machine.
 *
 * @throws PortTakenError
 */
export async function listenOn(app: NestFastifyApplication, host: string, port: number): Promise<string> {
  try {
    await app.listen(port, host);
  } catch (error) {
    throw errorCode(error) === 'EADDRINUSE' ? new PortTakenError(host, port, { cause: error }) : error;
  }
  const address = app.getHttpServer().address() as AddressInfo;
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${address.port}`;
}
