// `node tools/check-licences.mjs`: every package of the lockfile has a licence that we may use it under. Offline: the lockfile
// says it, and where it does not the package itself does. `--sbom FILE` also writes what was looked at as CycloneDX 1.6.
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const ALLOWED = new Set([
  ...[
    '0BSD',
    'Apache-2.0',
    'BlueOak-1.0.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'CC0-1.0',
    'ISC',
    'MIT',
    'Python-2.0',
    'Unlicense',
  ],
  // A font, a table of browsers, libraries used unchanged and as files of their own.
  ...['CC-BY-4.0', 'MPL-2.0', 'OFL-1.1', 'Zlib'],
]);
/** Packages that name no licence in their manifest; the file of their source says it. */
const SAID_ELSEWHERE = { 'png-js': 'MIT', buildcheck: 'MIT', 'cpu-features': 'MIT' };

const { packages, name, version } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const manifestAt = (path) =>
  existsSync(join(root, path, 'package.json'))
    ? JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'))
    : {};
const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

function licenceOf(path, entry) {
  if (entry.license) return entry.license;
  const { license, licenses } = manifestAt(path);
  const said = license?.type ?? license ?? licenses?.map(({ type }) => type).join(' OR ');
  return said || SAID_ELSEWHERE[nameOf(path)] || 'none';
}

/** SPDX: of words joined by OR one must be allowed, of those joined by AND all. */
const isAllowed = (expression) =>
  expression
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((licence) => ALLOWED.has(licence.trim())));

const found = Object.entries(packages)
  .filter(([path, entry]) => path.includes('node_modules/') && !entry.link)
  .map(([path, entry]) => ({ path, entry, licence: licenceOf(path, entry) }));
const refused = found.filter(({ licence }) => !isAllowed(licence));
for (const { path, licence } of refused) console.error(`${nameOf(path)}: ${licence}`);

const at = process.argv.indexOf('--sbom');
if (at > 0) {
  const components = found.map(({ path, entry, licence }) => {
    const [, algorithm, digest] = /^(sha\d+)-(.+)$/.exec(entry.integrity ?? '') ?? [];
    const alg = algorithm?.replace('sha', 'SHA-');
    const purl = `pkg:npm/${nameOf(path).replace('@', '%40')}@${entry.version}`;
    return {
      type: 'library',
      'bom-ref': `${purl}#${path}`,
      name: nameOf(path),
      version: entry.version,
      scope: entry.dev ? 'excluded' : entry.optional ? 'optional' : 'required',
      purl,
      licenses: [{ expression: licence }],
      ...(alg ? { hashes: [{ alg, content: Buffer.from(digest, 'base64').toString('hex') }] } : {}),
    };
  });
  const bom = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${randomUUID()}`,
    version: 1,
    metadata: { component: { type: 'application', name, version } },
    components,
  };
  writeFileSync(process.argv[at + 1], `${JSON.stringify(bom, null, 2)}\n`);
}
console.log(`${found.length} packages, ${refused.length} under a licence that nobody has allowed`);
process.exit(refused.length === 0 ? 0 : 1);
