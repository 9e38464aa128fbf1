import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, connect, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** What a probe tries to reach: real listeners and a real file on the supervisor's side. */
export interface ProbeTargets {
  readonly tcpPort: number;
  /** Null where the host speaks no IPv6. */
  readonly tcp6Port: number | null;
  readonly udpPort: number;
  readonly canaryFile: string;
  readonly supervisorPid: number;
  readonly supervisorMark: string;
}

/** The bait, set out for as long as a probe runs. */
export class Canary {
  readonly targets: ProbeTargets;
  readonly #servers: readonly Server[];
  readonly #socket: Socket;
  readonly #dir: string;

  private constructor(targets: ProbeTargets, servers: readonly Server[], socket: Socket, dir: string) {
    this.targets = targets;
    this.#servers = servers;
    this.#socket = socket;
    this.#dir = dir;
  }

  /**
   * Sets the bait out and takes it once itself: a bait nobody could take would make every probe a success.
   *
   * @throws Error when the listener cannot be reached from here.
   */
  static async set(): Promise<Canary> {
    const dir = await mkdtemp(join(tmpdir(), 'hetao-canary-'));
    const canaryFile = join(dir, 'secret');
    await writeFile(canaryFile, randomBytes(16), { mode: 0o600 });
    const tcp = await listen('127.0.0.1');
    const tcp6 = await listen('::1').catch(() => null);
    const socket = await answerDatagrams();
    const targets = {
      tcpPort: portOf(tcp),
      tcp6Port: tcp6 && portOf(tcp6),
      udpPort: socket.address().port,
      canaryFile,
      supervisorPid: process.pid,
      supervisorMark: basename(process.argv[0] ?? 'node'),
    };
    const canary = new Canary(targets, tcp6 ? [tcp, tcp6] : [tcp], socket, dir);
    await reachable(targets.tcpPort);
    return canary;
  }

  async clear(): Promise<void> {
    for (const server of this.#servers) server.close();
    this.#socket.close();
    await rm(this.#dir, { recursive: true, force: true });
  }
}

function listen(host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((connection) => connection.destroy());
    server.once('error', reject);
    server.listen(0, host, () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function answerDatagrams(): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    // Sent back as it came: for a datagram that is an echo, for a name a malformed answer, and both say "reached".
    socket.on('message', (message, from) => socket.send(message, from.port, from.address));
    socket.once('error', reject);
    socket.bind(0, '127.0.0.1', () => resolve(socket));
  });
}

function reachable(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const connection = connect(port, '127.0.0.1');
    connection.once('connect', () => {
      connection.destroy();
      resolve();
    });
    connection.once('error', reject);
  });
}
