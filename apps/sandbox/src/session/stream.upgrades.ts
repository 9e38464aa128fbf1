import { ServerResponse, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { WebSocketServer, type WebSocket } from 'ws';
import { MAX_MESSAGE_BYTES } from './viewer-message.dto.js';

/**
 * Leads requests for a WebSocket through the same router as all others, so that who may, is decided in the one place where
 * it always is. A route then takes the connection over, or answers as to any request.
 */
@Injectable()
export class StreamUpgrades {
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  readonly #waiting = new WeakMap<IncomingMessage, { readonly socket: Duplex; readonly head: Buffer }>();

  mount(fastify: FastifyInstance): void {
    // Whoever asks for another protocol is answered in HTTP, as if he had not asked.
    Object.assign(fastify.server, { shouldUpgradeCallback: isForStream });
    fastify.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      socket.on('error', () => socket.destroy());
      this.#waiting.set(request, { socket, head });
      const response = new ServerResponse(request);
      // Of an HTTP server this is a socket; the type says less.
      response.assignSocket(socket as Parameters<ServerResponse['assignSocket']>[0]);
      response.once('finish', () => socket.end());
      fastify.routing(request, response);
    });
    fastify.addHook('preClose', (done) => {
      for (const viewer of this.#server.clients) viewer.terminate();
      this.#server.close(() => done());
    });
  }

  /** Whether the request asks for a WebSocket. */
  isUpgrade(request: IncomingMessage): boolean {
    return this.#waiting.has(request);
  }

  /** Takes the connection over. @throws Error for a request that asks for none. */
  accept(request: IncomingMessage): Promise<WebSocket> {
    const waiting = this.#waiting.get(request);
    if (waiting === undefined) throw new Error('The request asks for no WebSocket.');
    this.#waiting.delete(request);
    return new Promise((resolve) => this.#server.handleUpgrade(request, waiting.socket, waiting.head, resolve));
  }
}

function isForStream({ url, headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket' && /^\/v1\/sandbox\/sessions\/[^/?]+\/stream$/.test(url ?? '');
}
