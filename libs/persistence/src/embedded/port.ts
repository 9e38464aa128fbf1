import { createServer } from 'node:net';
import { EmbeddedPostgresError } from './errors.js';

const MAX_TRIES = 50;

/** The wanted port of 127.0.0.1 or the next free one above it; without a wish any free port. */
export async function freePortFrom(wanted: number | undefined): Promise<number> {
  if (wanted === undefined) {
    const port = await tryPort(0);
    if (port !== undefined) return port;
  } else {
    for (let candidate = wanted; candidate < wanted + MAX_TRIES && candidate <= 65_535; candidate += 1) {
      if ((await tryPort(candidate)) !== undefined) return candidate;
    }
  }
  throw new EmbeddedPostgresError(
    'NO_FREE_PORT',
    `No free port for PostgreSQL on 127.0.0.1 (tried ${MAX_TRIES} from ${wanted ?? 'any'}).`,
    'Stop what occupies them, or ask for another port.',
  );
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(undefined));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = probe.address();
      const bound = typeof address === 'object' && address ? address.port : undefined;
      probe.close(() => resolve(bound));
    });
  });
}
