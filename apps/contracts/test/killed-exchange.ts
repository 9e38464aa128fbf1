import { mkdtemp } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ServiceProcess, testCallerKeys } from '@hetao/testing';
import type { Exchange } from './dataspace-pair.js';
import { listening, textOf } from './dataspace-peers.js';

const repositoryRoot = fileURLToPath(new URL('../../..', import.meta.url));

/** An exchange as a process of its own, to be killed and started again; its own service must have been stopped. */
export async function processOf({ settings, name }: Exchange): Promise<ServiceProcess> {
  const { publicKeys } = await testCallerKeys();
  return new ServiceProcess({
    name: 'contracts',
    repositoryRoot,
    environment: {
      ...{ TRANSPORT: 'embedded', DATABASE_URL: settings.databaseUrl, CALLER_PUBLIC_KEY: JSON.stringify(publicKeys) },
      ...settings.env,
    },
    logFile: join(await mkdtemp(join(tmpdir(), 'hetao-killed-')), `${name}.log`),
    port: settings.port,
  });
}

/** What is done to a message that passes: before it arrives, or after it did and before anybody hears so. */
export interface Ambush {
  readonly on: string;
  readonly when: 'before' | 'after';
  /** Until it is over, the message or its answer is held; then the connection breaks. */
  readonly strike: () => Promise<void>;
}

/** The line between two exchanges. It passes everything on; each ambush cuts it once. */
export interface Line {
  readonly server: Server;
  leadsTo(port: number): void;
  lay(ambush: Ambush): void;
}

export async function layLine(): Promise<Line> {
  let port = 0;
  const ambushes: Ambush[] = [];
  const sprungBy = (text: string): Ambush | undefined => {
    const index = ambushes.findIndex(({ on }) => text.includes(on));
    return index === -1 ? undefined : ambushes.splice(index, 1)[0];
  };
  const server = await listening((request, response) => {
    void (async () => {
      const text = await textOf(request);
      const sprung = sprungBy(text);
      if (sprung?.when === 'before') {
        await sprung.strike();
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
      if (sprung !== undefined) {
        await sprung.strike();
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
    lay: (next) => void ambushes.push(next),
  };
}

/** Strikes once, when so many have come to wait for it: several processes are cut by the same blow. */
export function struckTogether(count: number, strike: () => Promise<void>): () => Promise<void> {
  let missing = count;
  const { promise, resolve } = Promise.withResolvers<void>();
  const struck = promise.then(strike);
  return () => {
    missing -= 1;
    if (missing === 0) resolve();
    return struck;
  };
}
