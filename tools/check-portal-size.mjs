// The portal's weight, as a browser pays for it (gzip): the frame that every page needs, and each page with it.
// The budgets are those of the reference; a chart or an editor that breaks one has to be loaded when it is seen.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePortalBuilt } from './build-portal.mjs';

const dist = join(dirname(dirname(fileURLToPath(import.meta.url))), 'apps/portal/dist');
const KB = 1024;
const FRAME_KB = 250;
const PAGE_KB = 410;

await ensurePortalBuilt();
const manifest = JSON.parse(await readFile(join(dist, '.vite/manifest.json'), 'utf8'));

/** A chunk and everything it cannot start without. */
function filesOf(name, seen = new Set()) {
  const chunk = manifest[name];
  if (chunk === undefined || seen.has(name)) return [];
  seen.add(name);
  return [chunk.file, ...(chunk.css ?? []), ...(chunk.imports ?? []).flatMap((other) => filesOf(other, seen))];
}

async function weigh(files) {
  const sizes = await Promise.all(
    [...new Set(files)].map(async (file) => (await readFile(join(dist, `${file}.gz`))).length),
  );
  return sizes.reduce((sum, size) => sum + size, 0) / KB;
}

const frame = [...filesOf('index.html'), ...filesOf('src/locales/en/index.ts')];
const frameKb = await weigh(frame);
const pages = Object.keys(manifest).filter((name) => name.endsWith('.page.tsx'));
const weights = await Promise.all(pages.map(async (name) => ({ name, kb: await weigh([...frame, ...filesOf(name)]) })));
weights.sort((a, b) => b.kb - a.kb);
console.log(`frame ${frameKb.toFixed(0)} kB of ${FRAME_KB}; heaviest pages:`);
for (const { name, kb } of weights.slice(0, 5)) console.log(`  ${kb.toFixed(0).padStart(4)} kB of ${PAGE_KB}  ${name}`);
const tooHeavy = [
  ...(frameKb > FRAME_KB ? [`the frame weighs ${frameKb.toFixed(0)} kB`] : []),
  ...weights.filter(({ kb }) => kb > PAGE_KB).map(({ name, kb }) => `${name} weighs ${kb.toFixed(0)} kB`),
];
for (const fault of tooHeavy) console.error(`✗ ${fault}: load what is not seen at first with import().`);
process.exit(tooHeavy.length > 0 ? 1 : 0);
