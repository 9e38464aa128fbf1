import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Spill } from '../usage-batcher.js';
import type { UsageEvent } from '../usage-event.js';

const BATCH = /^\d{15}-[0-9a-f-]{36}\.json$/;

/**
 * Keeps batches that could not be sent as files, one a batch, until the exchange has answered for them: also those that an
 * earlier process left. A folder belongs to one process at a time.
 *
 * @param folder made when it is missing
 */
export function spillTo(folder: string): Spill {
  return {
    async put(events) {
      await mkdir(folder, { recursive: true });
      const name = `${String(Date.now()).padStart(15, '0')}-${crypto.randomUUID()}.json`;
      const draft = join(folder, `${name}.draft`);
      const file = await open(draft, 'w', 0o600);
      try {
        await file.writeFile(JSON.stringify(events));
        // A batch that only looks written would be forgotten in memory and missing on disk.
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, join(folder, name));
    },
    async oldest() {
      const names = await readdir(folder).catch(noneIfMissing);
      const [name] = names.filter((each) => BATCH.test(each)).sort();
      if (name === undefined) return undefined;
      return { name, events: JSON.parse(await readFile(join(folder, name), 'utf8')) as UsageEvent[] };
    },
    async drop(name) {
      await rm(join(folder, name), { force: true });
    },
  };
}

function noneIfMissing(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
