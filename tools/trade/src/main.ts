import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ExchangeApi, ExchangeProblem } from '../../exchange/api.js';
import { Console } from '../../exchange/console.js';
import { readOptions, type TradeOptions } from './options.js';
import { playTrade } from './trade.js';

/** The compiled file lies in .hetao/dist/tools/trade/src, five folders below the repository. */
const root = dirname(fileURLToPath(new URL('../../../../../package.json', import.meta.url)));

/** Runs the trade; the exit code is 0 only when the equation holds and the period is closed. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const options = readOptions(args, root);
    if (options === undefined) return 0;
    return await run(options);
  } catch (error) {
    process.stderr.write(`\nThe trade stopped: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

async function run(options: TradeOptions): Promise<number> {
  const startedAt = performance.now();
  const terminal = new Console(options.json);
  await greet(options);
  const balanced = await playTrade(options, terminal);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  terminal.line(balanced ? `\n  Balanced, reconciled and closed in ${seconds} s.` : '\n  The equation does NOT hold.');
  terminal.result({ result: balanced ? 'balanced' : 'unbalanced', seconds: Number(seconds) });
  return balanced ? 0 : 1;
}

/** One question before anything is done: is an exchange there, and does it take the key? */
async function greet({ baseUrl, operatorKey }: TradeOptions): Promise<void> {
  try {
    await new ExchangeApi({ baseUrl, apiKey: operatorKey, patienceMs: 10_000 }).get('/v1/me');
  } catch (error) {
    if (error instanceof ExchangeProblem && error.status === 401) {
      throw new Error(
        `${baseUrl} does not take this operator key. Give one with --key; the demo's works only where DEMO=1.`,
        { cause: error },
      );
    }
    if (error instanceof ExchangeProblem) throw error;
    throw new Error(`no exchange answers at ${baseUrl}. Start one with \`npm start\`, or say where it is with --url.`, {
      cause: error,
    });
  }
}
