import { parseArgs } from 'node:util';
import type { Print } from './command-line.js';

interface OptionKinds {
  readonly [name: string]: { readonly type: 'string' | 'boolean'; readonly default?: string | boolean };
}

/**
 * What a campaign was called with. Whoever calls it wrongly is told by what, and how it is called; whoever asks for
 * `--help`, how it is called.
 *
 * @returns undefined when that was said, and nothing is to be done
 */
export function calledWith<const O extends OptionKinds>(
  args: readonly string[],
  options: O,
  usage: string,
  print: Print = console.error,
) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    if (!args.includes('--help')) print(`${error instanceof Error ? error.message : String(error)}\n`);
    print(usage);
    return undefined;
  }
}
