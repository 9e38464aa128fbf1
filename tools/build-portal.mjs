// Builds the portal with Vite into apps/portal/dist, only where its sources, or those of the libraries it bundles,
// changed since: a hash of all of them is kept beside the result. Each file gets its smaller forms, made once.
import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const portal = join(root, 'apps/portal');
const dist = join(portal, 'dist');
const HASH_FILE = join(dist, '.source-hash');

/** Everything the result depends on: the libraries a browser may run, and the versions of all others. */
const SOURCES = [
  'package-lock.json',
  'apps/portal/src',
  'apps/portal/index.html',
  'apps/portal/early-hints.mjs',
  'apps/portal/vite.config.mjs',
  'tools/build-portal.mjs',
  ...['client', 'kernel', 'pixels', 'proofs', 'rating', 'rules'].map((lib) => `libs/${lib}/src`),
];
const COMPRESSED = new Set(['.js', '.css', '.svg']);
/** Nearly as small as the highest (11), in a fifth of the time. */
const BROTLI_QUALITY = 9;

async function filesOf(path) {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch((error) => {
    if (error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (entries === undefined) return [path];
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function hashOfSources() {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of await filesOf(join(root, source))) {
      hash
        .update(file.slice(root.length))
        .update('\0')
        .update(await readFile(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

const inBrotli = promisify(brotliCompress);
const inGzip = promisify(gzip);

async function compress(folder) {
  const names = (await readdir(folder)).filter((name) => COMPRESSED.has(extname(name)));
  await Promise.all(
    names.map(async (name) => {
      const content = await readFile(join(folder, name));
      const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY };
      await writeFile(join(folder, `${name}.br`), await inBrotli(content, { params }));
      await writeFile(join(folder, `${name}.gz`), await inGzip(content, { level: 9 }));
    }),
  );
}

/** Builds the portal if it is out of date; whether it was. */
export async function ensurePortalBuilt() {
  const wanted = await hashOfSources();
  const present = await readFile(HASH_FILE, 'utf8').catch(() => undefined);
  if (present === wanted) return false;
  // Vite is loaded by those alone that need it: it is most of a second.
  const { build } = await import('vite');
  const draft = `${dist}.${process.pid}.tmp`;
  const { NODE_ENV } = process.env;
  // Also from a test: what people get is built, which React for development is not.
  process.env.NODE_ENV = 'production';
  await build({
    configFile: join(portal, 'vite.config.mjs'),
    logLevel: 'warn',
    build: { outDir: draft, emptyOutDir: true },
  });
  // Not left behind: an exchange started from here would take itself for a deployed one.
  if (NODE_ENV === undefined) delete process.env.NODE_ENV;
  else process.env.NODE_ENV = NODE_ENV;
  await compress(join(draft, 'assets'));
  await writeFile(join(draft, '.source-hash'), wanted);
  // Exchanged as a whole, so that a gateway that starts meanwhile finds the old or the new portal, never half of one.
  await rm(dist, { recursive: true, force: true });
  await rename(draft, dist);
  return true;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const startedAt = performance.now();
  const built = await ensurePortalBuilt();
  console.log(`${built ? 'built' : 'kept'} the portal in ${Math.round(performance.now() - startedAt)} ms`);
}
