import { Command } from 'commander';
import { isProblem } from '@hetao/client';
import { Cli } from './cli.js';
import { accessCommands } from './commands/access.js';
import { agreementCommands } from './commands/agreement.js';
import { apiCommand } from './commands/api.js';
import { declareCommands } from './commands/declare.js';
import { doctorCommand } from './commands/doctor.js';
import { invoiceCommands } from './commands/invoice.js';
import { keyCommands } from './commands/keys.js';
import { listingCommands } from './commands/listing.js';
import { loginCommands } from './commands/login.js';
import { productCommands } from './commands/product.js';
import { supportBundleCommand } from './commands/support-bundle.js';
import { usageCommands } from './commands/usage.js';
import { verifierCommands } from './commands/verifiers.js';
import { webhookCommands } from './commands/webhook.js';
import { exitCodeOf } from './exit.js';
import { Terminal, type Surroundings } from './terminal.js';

const COMMANDS = [
  ...[loginCommands, doctorCommand, productCommands, listingCommands, accessCommands, agreementCommands],
  ...[keyCommands, usageCommands, webhookCommands, declareCommands, invoiceCommands, verifierCommands, apiCommand],
  supportBundleCommand,
];

const CODES =
  '\nEnds with 0; 1 when the answer is no; 2 called wrongly; 3 not known or not allowed; 4 not found; 5 not in a state' +
  '\nfor it; 6 a rule says no; 7 too many requests. Without a terminal the output is JSON.';

/** Runs one command. @returns the exit code */
export async function main(args: readonly string[], around: Surroundings): Promise<number> {
  const terminal = new Terminal(around);
  const program = new Command('hetao')
    .description('The Hetao exchange from a command line.')
    .option('--profile <name>', 'whose key: made by login')
    .option('--url <address>', 'which exchange (HETAO_URL)')
    .option('--json', 'JSON also on a terminal')
    .addHelpText('after', CODES)
    .configureOutput({ writeOut: around.write, writeErr: around.complain })
    .exitOverride();
  program.hook('preAction', () => {
    terminal.json = program.opts<{ json?: boolean }>().json === true;
  });
  const cli = new Cli(program, terminal);
  for (const add of COMMANDS) add(cli);
  inherit(program);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return cli.exitCode;
  } catch (error) {
    const code = exitCodeOf(error);
    // Commander has said already what is wrong with the words.
    if (!(error instanceof Error) || !error.constructor.name.startsWith('Commander')) complain(error, terminal);
    return code;
  }
}

/** Commands beneath commands refuse in the same way. */
function inherit(command: Command): void {
  for (const child of command.commands) {
    child.copyInheritedSettings(command);
    inherit(child);
  }
}

function complain(error: unknown, terminal: Terminal): void {
  if (terminal.json && isProblem(error)) return terminal.note(JSON.stringify(error.problem));
  terminal.note(error instanceof Error ? error.message : String(error));
  if (isProblem(error)) terminal.note(`trace ${error.traceId}`);
}
