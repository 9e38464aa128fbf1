import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where Vite puts the portal; `src` and `dist` lie side by side, so the same steps lead there from both. */
const BUILT_FOLDER = fileURLToPath(new URL('../../../portal/dist/', import.meta.url));

/** What a browser may be given; a file of another kind has no business in the portal's folder. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json; charset=utf-8',
};

/** One file of the portal, with the smaller forms of it that were made at build time. */
export interface PortalFile {
  readonly mediaType: string;
  readonly content: Buffer;
  readonly encoded: ReadonlyMap<'br' | 'gzip', Buffer>;
}

/** The built portal: its page, and every file that can be had. A list, so that no path trick leads anywhere else. */
export interface BuiltPortal {
  readonly template: string;
  /** By name below `/portal/`. */
  readonly files: ReadonlyMap<string, PortalFile>;
}

/**
 * Reads the portal once, at start, into memory (a few megabytes): whoever builds it anew meanwhile takes no page away from
 * those who are reading. Undefined where none was built: the exchange is then its API and its first page.
 */
export async function readPortal(folder: string = BUILT_FOLDER): Promise<BuiltPortal | undefined> {
  const template = await readFile(join(folder, 'index.html'), 'utf8').catch(missing);
  if (template === undefined) return undefined;
  const names = (await readdir(join(folder, 'assets')).catch(missing)) ?? [];
  const read = (name: string) => readFile(join(folder, 'assets', name));
  const files = names.map(async (name): Promise<[string, PortalFile][]> => {
    const mediaType = MEDIA_TYPES[extname(name)];
    if (mediaType === undefined) return [];
    const encoded = new Map<'br' | 'gzip', Buffer>();
    if (names.includes(`${name}.br`)) encoded.set('br', await read(`${name}.br`));
    if (names.includes(`${name}.gz`)) encoded.set('gzip', await read(`${name}.gz`));
    return [[`assets/${name}`, { mediaType, content: await read(name), encoded }]];
  });
  return { template, files: new Map((await Promise.all(files)).flat()) };
}

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
  return undefined;
}

/** The smallest form both sides know; `q=0` is a refusal (RFC 9110 12.5.3). */
export function encodingFor(file: PortalFile, accepted: string | undefined): 'br' | 'gzip' | undefined {
  const takes = (name: string) =>
    (accepted ?? '').split(',').some((part) => {
      const [coding = '', weight = ''] = part.split(';').map((text) => text.trim().toLowerCase());
      return coding === name && !/^q=0(?:\.0*)?$/.test(weight);
    });
  return (['br', 'gzip'] as const).find((name) => file.encoded.has(name) && takes(name));
}
