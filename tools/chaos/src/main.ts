import { parseArgs } from 'node:util';
import { runCampaign } from './metering/campaign.js';

const USAGE = 'npm run chaos -- metering [--kills 200] [--seed 1] [--services 2] [--transport kafka|embedded]';

/** Runs a campaign; the exit code is 0 only when what was counted equals the model and every equation balances. */
export async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      kills: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      services: { type: 'string', default: '2' },
      transport: { type: 'string', default: 'kafka' },
    },
  });
  const [kills, seed, services] = [values.kills, values.seed, values.services].map(Number) as [number, number, number];
  const { transport } = values;
  const isKnown = transport === 'kafka' || transport === 'embedded';
  if (positionals[0] !== 'metering' || !isKnown || ![kills, seed, services].every(Number.isSafeInteger)) {
    console.error(USAGE);
    return 2;
  }
  // Over the embedded transport one process serves a database.
  const processes = transport === 'embedded' ? 1 : services;
  const verdict = await runCampaign({ kills, seed, services: processes, transport, say: (line) => console.log(line) });
  for (const line of verdict.lines) console.log(line);
  console.log(JSON.stringify({ chaos: 'metering', seed, transport, ...verdict.figures, holds: verdict.holds }));
  return verdict.holds ? 0 : 1;
}
