import { calledWith } from '../../command-line/called-with.js';
import { runCampaign } from './metering/campaign.js';
import { linesOf, runPlatformCampaign } from './platform/campaign.js';

const USAGE = `npm run chaos -- metering [--kills 200] [--seed 1] [--services 2] [--transport kafka|embedded]
npm run chaos -- platform [--runs 20] [--seed 1]

  metering  kills the service, its broker and its database while usage comes in
  platform  strikes the whole exchange while trades go on: one seed a run, a failing one replays by itself (--runs 1)`;

const options = {
  kills: { type: 'string', default: '200' },
  runs: { type: 'string', default: '20' },
  seed: { type: 'string', default: '1' },
  services: { type: 'string', default: '2' },
  transport: { type: 'string', default: 'kafka' },
} as const;

const EXIT_USAGE = 2;

type Values = Record<keyof typeof options, string>;
const say = (line: string) => console.log(line);

/** Runs a campaign; the exit code is 0 only when what was found equals the model and every equation balances. */
export async function main(args: readonly string[]): Promise<number> {
  const called = calledWith(args, options, USAGE);
  if (called === undefined) return EXIT_USAGE;
  const { values, positionals } = called;
  const isWhole = [values.kills, values.runs, values.seed, values.services].every((text) => /^\d{1,9}$/.test(text));
  const [area] = positionals;
  if (isWhole && area === 'metering' && /^(kafka|embedded)$/.test(values.transport)) return metering(values);
  if (isWhole && area === 'platform') return platform(Number(values.runs), Number(values.seed));
  console.error(USAGE);
  return EXIT_USAGE;
}

async function metering({ kills, seed, services, transport }: Values): Promise<number> {
  const kind = transport === 'embedded' ? 'embedded' : 'kafka';
  // Over the embedded transport one process serves a database.
  const processes = kind === 'embedded' ? 1 : Number(services);
  const campaign = { kills: Number(kills), seed: Number(seed), services: processes, transport: kind, say } as const;
  const verdict = await runCampaign(campaign);
  for (const line of verdict.lines) say(line);
  say(JSON.stringify({ chaos: 'metering', seed: campaign.seed, transport, ...verdict.figures, holds: verdict.holds }));
  return verdict.holds ? 0 : 1;
}

async function platform(runs: number, seed: number): Promise<number> {
  const startedAt = performance.now();
  const [failing, strikes]: [number[], Record<string, number>] = [[], {}];
  let [done, slowestMs, isOver] = [0, 0, false];
  // The run under way is played to its end, and everything that was started is stopped.
  process.once('SIGINT', () => (isOver = true)).once('SIGTERM', () => (isOver = true));
  for await (const verdict of runPlatformCampaign({ runs, seed, say })) {
    for (const line of linesOf(verdict)) say(line);
    done += 1;
    if (!verdict.checks.every(({ holds }) => holds)) failing.push(verdict.seed);
    for (const { harm } of verdict.plan) strikes[harm.kind] = (strikes[harm.kind] ?? 0) + 1;
    slowestMs = Math.max(slowestMs, verdict.readyMs);
    if (isOver) break;
  }
  const figures = { runs: done, strikes, ready_slowest_s: Number((slowestMs / 1000).toFixed(1)), failing };
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  say(JSON.stringify({ chaos: 'platform', seed, ...figures, seconds, holds: failing.length === 0 }));
  return failing.length === 0 ? 0 : 1;
}
