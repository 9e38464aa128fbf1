import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { testCallerKeys } from '@hetao/testing';
import type { Exchange } from './dataspace-pair.js';
import { listening, textOf } from './dataspace-peers.js';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const loader = new URL('../../../libs/runtime/test/load-typescript.mjs', import.meta.url).href;

/** An exchange as a process of its own, to be killed and started again: same database, same port. */
export class ExchangeProcess {
  readonly #settings: Exchange['settings'];
  #child: ChildProcess | undefined;
  #kills = 0;

  /** @param exchange whose own service was stopped. */
  constructor({ settings }: Exchange) {
    this.#settings = settings;
  }

  /** Starts it; resolves once it serves. */
  async start(): Promise<void> {
    const { databaseUrl, env, port } = this.#settings;
    const { publicKeys } = await testCallerKeys();
    const child = spawn(process.execPath, ['--conditions=@hetao/source', '--import', loader, main], {
      env: {
        ...{ PATH: process.env['PATH'] ?? '', TRANSPORT: 'embedded', PORT: String(port), DATABASE_URL: databaseUrl },
        ...{ CALLER_PUBLIC_KEY: JSON.stringify(publicKeys), LOG_LEVEL: 'info', ...env },
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    while (!said.includes('"url":"http')) {
      if (child.exitCode !== null) throw new Error(`The process ended with ${child.exitCode}:\n${said}`);
      await Promise.race([once(child.stdout, 'data'), once(child, 'close')]);
    }
  }

  /** SIGKILL: nothing is finished, nothing is said. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    this.#kills += 1;
    child.kill('SIGKILL');
    await once(child, 'close');
  }

  get kills(): number {
    return this.#kills;
  }
}

/** What happens when a message passes: before it arrives, or after it did and before anybody hears so. */
export interface Ambush {
  readonly on: string;
  readonly when: 'before' | 'after';
  readonly strike: () => Promise<void>;
}

/** The line between two exchanges. It passes everything on, until an ambush cuts it once. */
export interface Line {
  readonly server: Server;
  leadsTo(port: number): void;
  lay(ambush: Ambush): void;
}

export async function layLine(): Promise<Line> {
  let port = 0;
  let ambush: Ambush | null = null;
  const server = await listening((request, response) => {
    void (async () => {
      const text = await textOf(request);
      const laid = ambush !== null && text.includes(ambush.on) ? ambush : null;
      if (laid !== null) ambush = null;
      if (laid?.when === 'before') {
        await laid.strike();
        response.destroy();
        return;
      }
      const { authorization, 'content-type': type } = request.headers;
      const answer = await fetch(`http://127.0.0.1:${port}${request.url}`, {
        method: request.method ?? 'GET',
        headers: { ...(authorization && { authorization }), ...(type && { 'content-type': type }) },
        ...(text === '' ? {} : { body: text }),
      });
      const said = await answer.text();
      if (laid !== null) {
        await laid.strike();
        response.destroy();
        return;
      }
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(said);
    })().catch(() => response.destroy());
  });
  return {
    server,
    leadsTo: (to) => {
      port = to;
    },
    lay: (next) => {
      ambush = next;
    },
  };
}
