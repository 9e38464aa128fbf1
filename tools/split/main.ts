import { parseArgs } from 'node:util';
import { Door } from './door.js';
import { joinRun } from './join.js';

const EXIT_USAGE = 2;
const USAGE = [
  'Hong Kong’s side of a split: the upper layers and their optimiser are here, the data and the layers below are not.',
  '',
  '  join RUN --url https://exchange.example --api-key-file FILE --state FILE',
  '      shakes hands on every term, then trains round by round. The state file is all that is kept: stopped at any',
  '      moment, the same command goes on where it was. A paused run is waited for.',
  '  show RUN --url https://exchange.example --api-key-file FILE',
  '      state, loss and ε of a run',
].join('\n');

/** Runs one command. @returns the exit code: 0, 1 for what the exchange refused, 2 when called wrongly. */
export async function main(args: readonly string[], print: (line: string) => void): Promise<number> {
  try {
    const options = { url: { type: 'string' }, 'api-key-file': { type: 'string' }, state: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [command, run] = positionals;
    const { url, 'api-key-file': keyFile, state } = values;
    if (run === undefined || url === undefined || keyFile === undefined) return usage(print);
    const door = await Door.open(url, keyFile);
    if (command === 'show') {
      const found = await door.run(run);
      print(`${found.state}, round ${found.round} of ${found.rounds}, ε ${found.epsilon.toFixed(3)}`);
      for (const point of found.curve) print(`  ${String(point.round).padStart(6)}  ${point.loss.toFixed(3)}`);
      return 0;
    }
    if (command !== 'join' || state === undefined) return usage(print);
    await joinRun(door, { run, stateFile: state }, print);
    return 0;
  } catch (error) {
    print(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

function usage(print: (line: string) => void): number {
  print(USAGE);
  return EXIT_USAGE;
}
