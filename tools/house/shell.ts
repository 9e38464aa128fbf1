import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('../..', import.meta.url).pathname;
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Readonly<Record<string, string>>;
};

/** The commands of a block of shell, a line each: comments and line ends that are no ends are gone. */
export function commandsIn(code: string): readonly string[] {
  return code
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '');
}

/** What is wrong with a command as somebody would type it, or nothing: its program is ours, and knows each option. */
export function commandFault(command: string): string | undefined {
  const [, script, given = ''] = /^npm (?:run (?:-s )?)?([\w:-]+)(?: -- (.*))?/.exec(command) ?? [];
  if (script !== undefined) {
    const line = scripts[script];
    if (line === undefined) return `npm knows no ${script}`;
    return unknownOption(/^node (\S+)/.exec(line)?.[1] ?? '', given);
  }
  const [, program = '', words = ''] = /^node (\S+)(.*)$/.exec(command) ?? [];
  if (!program.endsWith('.mjs') || !existsSync(join(root, program)))
    return `there is no ${command.split(' ').slice(0, 2).join(' ')}`;
  return unknownOption(program, words);
}

/** Every option that a program takes stands in its own sources: as a key of its `parseArgs`, or in what it says of itself. */
function unknownOption(program: string, words: string): string | undefined {
  const options = [...words.matchAll(/(?:^|\s)--([a-z][\w-]*)/g)].map(([, name = '']) => name);
  if (options.length === 0) return undefined;
  const own = program === '' ? '' : sourcesOf(program);
  const unknown = options.find((name) => !new RegExp(`'${name}'|\\b${name}: \\{|--${name}\\b`).test(own));
  return unknown === undefined ? undefined : `${program} has no --${unknown}`;
}

function sourcesOf(program: string): string {
  // What `tools/bench.mjs` runs lies in `bench`, what the others run beside them.
  const folder = program === 'tools/bench.mjs' ? 'bench' : program.replace(/\.mjs$/, '');
  return [program, ...globSync(`${folder}/**/*.{ts,mjs}`, { cwd: root })]
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .join('\n');
}
