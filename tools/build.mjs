// Builds every workspace's `src` into its `dist` with SWC, file by file and only where the source is newer.
// Types are checked apart (`npm run typecheck`), so a build costs well under two seconds and nobody runs stale code.
import { mkdir, readdir, rename, rm, stat, writeFile, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transformFile } from '@swc/core';
import { ensurePortalBuilt } from './build-portal.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const COMPILED = /(?<!\.d|\.spec)\.ts$/;

async function* filesBelow(folder) {
  let entries;
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}

const modifiedAt = async (path) => (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;

/** A source and where it goes: `.ts` is compiled, everything else (HTML, CSS, JSON …) is copied as it is. */
function targetOf(source, { from, to, compiledOnly }) {
  const inside = relative(from, source);
  if (COMPILED.test(inside)) return { source, target: join(to, inside.replace(/\.ts$/, '.js')), compile: true };
  return compiledOnly || inside.endsWith('.ts') ? undefined : { source, target: join(to, inside), compile: false };
}

/** Written beside and renamed, so a process that loads the file while we build sees the old or the new one, never half. */
async function put(path, content) {
  const draft = `${path}.${process.pid}.tmp`;
  await writeFile(draft, content);
  await rename(draft, path);
}

async function buildFile({ source, target, compile }, configuredAt, options) {
  if ((await modifiedAt(target)) > Math.max(await modifiedAt(source), configuredAt)) return 0;
  await mkdir(dirname(target), { recursive: true });
  if (!compile) {
    await put(target, await readFile(source));
    return 1;
  }
  const { code, map } = await transformFile(source, options);
  await put(`${target}.map`, map);
  await put(target, `${code}\n//# sourceMappingURL=${target.slice(target.lastIndexOf('/') + 1)}.map\n`);
  return 1;
}

/** Removes what a deleted or renamed source left behind. */
async function prune(dist, wanted) {
  for await (const path of filesBelow(dist)) {
    if (path.endsWith('.tmp')) continue;
    if (!wanted.has(path.replace(/\.js\.map$/, '.js'))) await rm(path, { force: true });
  }
}

async function packages() {
  const found = [];
  for (const group of ['apps', 'libs']) {
    for (const entry of await readdir(join(root, group), { withFileTypes: true })) {
      // The portal is a page: Vite builds it, tools/build-portal.mjs says when.
      if (entry.isDirectory() && entry.name !== 'portal')
        found.push({ from: join(root, group, entry.name, 'src'), to: join(root, group, entry.name, 'dist') });
    }
  }
  // Tools and benchmarks have no package of their own: their output lives beside the other generated state.
  for (const name of ['tools', 'bench'])
    found.push({ from: join(root, name), to: join(root, '.hetao', 'dist', name), compiledOnly: true });
  return found;
}

/** Builds what is out of date and returns how many files that was. */
export async function ensureBuilt() {
  const configuredAt = await modifiedAt(join(root, '.swcrc'));
  const options = { configFile: join(root, '.swcrc'), cwd: root, swcrc: false };
  let built = 0;
  for (const place of await packages()) {
    const work = [];
    for await (const source of filesBelow(place.from)) {
      const item = targetOf(source, place);
      if (item) work.push(item);
    }
    const counts = await Promise.all(work.map((item) => buildFile(item, configuredAt, options)));
    built += counts.reduce((sum, count) => sum + count, 0);
    await prune(place.to, new Set(work.map((item) => item.target)));
  }
  return built;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const startedAt = performance.now();
  const built = await ensureBuilt();
  await ensurePortalBuilt();
  console.log(`built ${built} file${built === 1 ? '' : 's'} in ${Math.round(performance.now() - startedAt)} ms`);
}
