import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Stands before a broker, as one that has just come up: whoever asks for the coordinator of his group is cut off. */
export interface CoordinatorAway {
  readonly port: number;
  /** How often it was asked for. */
  asked(): number;
  /** From now on whoever asks is answered. */
  comes(): void;
  close(): Promise<void>;
}

/** https://kafka.apache.org/protocol#The_Messages_FindCoordinator */
const FIND_COORDINATOR = 10;

export async function coordinatorAway(brokerPort: number): Promise<CoordinatorAway> {
  let asked = 0;
  let isAway = true;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(brokerPort, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => [near, far].forEach((either) => either.destroy()));
      socket.on('close', () => sockets.delete(socket));
    }
    far.pipe(near);
    requestsOf(near, (request, apiKey) => {
      if (apiKey === FIND_COORDINATOR) asked += 1;
      if (apiKey === FIND_COORDINATOR && isAway) near.destroy();
      else far.write(request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked: () => asked,
    comes: () => {
      isAway = false;
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Tells each request that came whole: its length, its bytes, of which the first two say what it asks for. */
function requestsOf(socket: Socket, tell: (request: Buffer, apiKey: number) => void): void {
  let waiting = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    waiting = Buffer.concat([waiting, chunk]);
    while (waiting.length >= 4 && waiting.length >= waiting.readInt32BE(0) + 4) {
      const request = waiting.subarray(0, waiting.readInt32BE(0) + 4);
      waiting = waiting.subarray(request.length);
      tell(request, request.readInt16BE(4));
    }
  });
}
