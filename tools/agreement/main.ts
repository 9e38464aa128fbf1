import { runCommand, type Command, type Print } from '../command-line/command-line.js';
import { keyCommand, proveCommand, signCommand } from './sign.js';
import { verifyCommand } from './verify.js';

const commands: ReadonlyMap<string, Command> = new Map([
  ['key', keyCommand],
  ['prove', proveCommand],
  ['sign', signCommand],
  ['verify', verifyCommand],
]);

/** Runs one command. @returns the exit code: 0, 1 for an agreement that is not proven, 2 when called wrongly. */
export function main(args: readonly string[], print: Print): Promise<number> {
  return runCommand({ commands, purpose: 'Keys stay on this machine, and nothing is asked of anybody.' }, args, print);
}
