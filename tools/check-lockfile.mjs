// Does package-lock.json name what a machine of every platform installs? A registry that lacks one platform's build makes
// npm leave it out when the lock is written, and refuse the whole lock (`npm ci`, EUSAGE) on the next new machine.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));

/** Where Node would look for a package, from the innermost folder outwards. */
function* placesOf(name, from) {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf('/node_modules/')))) {
    yield `${base === '' ? '' : `${base}/`}node_modules/${name}`;
    if (base === '') return;
  }
}

const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
  Object.keys(optionalDependencies)
    .filter((name) => ![...placesOf(name, path)].some((place) => place in packages))
    .map((name) => `${path || 'package.json'} wants ${name}`),
);
for (const one of missing) console.error(`package-lock.json: ${one}, which it does not name`);
process.exit(missing.length > 0 ? 1 : 0);
