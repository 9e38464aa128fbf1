import { connect, createServer, type Server, type Socket } from 'node:net';
import { pipeline, Transform } from 'node:stream';

/** Stands between two parts on loopback: passes bytes on, later when told to, and cuts connections as a bad network would. */
export class TcpProxy {
  readonly #links = new Set<Socket>();
  #delayMs = 0;

  private constructor(
    private readonly server: Server,
    readonly port: number,
    private targetPort: number,
  ) {}

  /** @param port of ours, where it must be known before; 0 takes any */
  static open(targetPort: number, port = 0): Promise<TcpProxy> {
    const server = createServer();
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        if (address === null || typeof address === 'string') throw new Error('The proxy listens on no port.');
        const proxy = new TcpProxy(server, address.port, targetPort);
        server.on('connection', (near) => proxy.#link(near, connect(proxy.targetPort, '127.0.0.1')));
        resolve(proxy);
      });
    });
  }

  /** New connections lead there from now on; those that are open stay where they are. */
  turnTo(port: number): void {
    this.targetPort = port;
  }

  /** Every piece of data, each way, waits for so long; 0 for no longer. */
  slow(delayMs: number): void {
    this.#delayMs = delayMs;
  }

  /** Cuts every connection as it is (RST). @returns how many */
  reset(): number {
    const links = [...this.#links];
    for (const link of links) link.resetAndDestroy();
    return links.length;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.reset();
    await closed;
  }

  #link(near: Socket, far: Socket): void {
    this.#links.add(near);
    for (const socket of [near, far]) socket.setNoDelay(true);
    near.once('close', () => {
      this.#links.delete(near);
      // Who was cut off on one side is cut off on the other.
      far.destroy();
    });
    far.once('close', () => near.destroy());
    for (const socket of [near, far]) socket.on('error', ignored);
    far.once('connect', () => {
      pipeline(near, this.#delay(), far, ignored);
      pipeline(far, this.#delay(), near, ignored);
    });
  }

  #delay(): Transform {
    return new Transform({
      transform: (chunk: Buffer, _encoding, pass) => {
        if (this.#delayMs === 0) pass(null, chunk);
        else setTimeout(() => pass(null, chunk), this.#delayMs);
      },
    });
  }
}

/** A connection that breaks is what this is for. */
const ignored = (): undefined => undefined;
