import type { Command } from 'commander';
import { main as attestTool } from '../../attest/main.js';
import { main as ledgerTool } from '../../ledger/main.js';
import type { Cli } from '../cli.js';

type Tool = (args: readonly string[], print: (line: string) => void) => Promise<number>;

/** Lets a command line of its own answer: its words, its options, its exit code. */
export function passOn(cli: Cli, command: Command, tool: Tool): void {
  command
    .argument('[words...]')
    .allowUnknownOption()
    .helpOption(false)
    .action(async (words: string[]) => {
      cli.exitCode = await tool(words, (line) => cli.terminal.line(line));
    });
}

/** `receipt …` and `ledger verify`: checks that ask nobody. */
export function verifierCommands(cli: Cli): void {
  const receipt = cli.program
    .command('receipt')
    .description('proofs that something is in the log, checked without a network');
  for (const [name, description] of [
    ['verify', 'a file against its receipt'],
    ['record', 'an agreement, a release, an invoice against its receipt'],
    ['credential', 'make a credential whose claims are shown one by one'],
    ['monitor', 'follow the log, and see that it only grows'],
  ] as const) {
    passOn(cli, receipt.command(name).description(description), (args, print) => attestTool([name, ...args], print));
  }
  const ledger = cli.program.command('ledger').description('proofs of the ledger');
  passOn(cli, ledger.command('verify').description('a transaction against the chain'), (args, print) =>
    ledgerTool(['verify', ...args], print),
  );
}
