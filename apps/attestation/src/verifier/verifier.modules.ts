import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A module as a browser gets it: its name in the folder that is served, and its text. */
export interface BrowserModule {
  readonly name: string;
  readonly text: string;
}

/** A page that needs more has taken in something that does not belong in a browser. */
const MAX_MODULES = 60;
/** A static import or re-export; built files have them at the beginning of a line, or behind the file's comment. */
const IMPORT = /(?:^|\*\/ )(?:import|export)\s(?:[^'"`;]*?\sfrom\s*)?(['"])(?<specifier>[^'"]+)\1/gm;

/**
 * Reads a built module and all it imports, and gives each a name of its own in one flat folder, to which the imports are
 * rewritten: browsers know no packages. No bundler, so that what runs in a browser is, line by line, what was tested.
 *
 * @param entry address of the built file. @throws Error when a module imports what only Node has, or too many.
 */
export async function browserModules(entry: string): Promise<readonly BrowserModule[]> {
  const names = new Map<string, string>();
  const nameOf = (address: string): string => {
    const known = names.get(address);
    if (known !== undefined) return known;
    if (!address.startsWith('file:')) throw new Error(`${address} cannot be loaded by a browser.`);
    if (names.size === MAX_MODULES) throw new Error(`More than ${MAX_MODULES} modules belong to ${entry}.`);
    const name = `${names.size}-${basename(fileURLToPath(address))}`;
    names.set(address, name);
    return name;
  };
  nameOf(entry);
  const modules: BrowserModule[] = [];
  // The map grows while it is walked: what a module imports comes after it.
  for (const [address, name] of names) {
    const text = await readFile(fileURLToPath(address), 'utf8');
    modules.push({ name, text: rewritten(text, (specifier) => nameOf(addressOf(specifier, address))) });
  }
  return modules;
}

function rewritten(text: string, nameOf: (specifier: string) => string): string {
  // Where the source map of the original lies is nothing to a browser that gets another folder.
  return text
    .replace(IMPORT, (statement, _quote, specifier: string) => statement.replace(specifier, `./${nameOf(specifier)}`))
    .replace(/^\/\/# sourceMappingURL=.*$/m, '');
}

function addressOf(specifier: string, importer: string): string {
  return /^\.{1,2}\//.test(specifier) ? new URL(specifier, importer).href : import.meta.resolve(specifier);
}
