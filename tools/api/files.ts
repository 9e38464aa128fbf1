import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** Paths of all files below a folder, relative to it, sorted; none when there is no such folder. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(nothingIfMissing);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

/** Paths whose content is not the same in both folders, or that one of them has not. */
export async function differences(one: string, other: string): Promise<string[]> {
  const paths = new Set([...(await filesBelow(one)), ...(await filesBelow(other))]);
  const differing: string[] = [];
  for (const path of paths) {
    if ((await contentOf(join(one, path))) !== (await contentOf(join(other, path)))) differing.push(path);
  }
  return differing;
}

/** The text of a file; undefined when it is not there. */
export function contentOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

function nothingIfMissing(error: NodeJS.ErrnoException): never[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
