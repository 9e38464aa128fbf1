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
