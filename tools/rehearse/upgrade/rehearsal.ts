import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exchangeServices, type ExchangeService } from '@hetao/testing';
import { gatherSides } from '../../chaos/src/platform/sides.js';
import { Random } from '../../chaos/src/random.js';
import { playTrade, type Traded, type TradingSides } from '../../chaos/src/platform/trade.js';
import { closeMonth } from '../../chaos/src/platform/close-month.js';
import { invoicesAreRight, statesAreLegal, usageIsCountedOnce } from '../../chaos/src/platform/judge.js';
import { ExchangeApi } from '../../exchange/api.js';
import { DEMO_OPERATOR_KEY } from '../../exchange/demo-keys.js';
import { keepSight, ledgerHolds, logHolds, usageComplete, type Check, type Kept } from '../../exchange/verify.js';
import { root, RunningTrade } from '../restore/house.js';
import type { RehearsalOptions, RehearsalVerdict } from '../restore/rehearsal.js';
import { layDownVersion } from './old-version.js';
import { RollingExchange } from './rolling-exchange.js';
import { SteadyVisitor } from './steady-visitor.js';
import { stepsAhead } from './steps-ahead.js';

/**
 * The oldest version that this one takes over from without an interruption: the first of which every session says on
 * whose behalf it asks. Between older ones and this lie migrations that only a stop allows; `--from` names them.
 */
export const FIRST_VERSION = '26a8902';

export interface UpgradeOptions extends RehearsalOptions {
  readonly from: string;
}

const PERIOD = '2024-10';
/** One read of each service, through the door. */
const PATHS = [
  '/v1/products?limit=1',
  '/v1/agreements?limit=1',
  '/v1/usage/periods/2024-10',
  '/v1/invoices?limit=1',
  '/v1/customs/releases?limit=1',
  '/v1/attestation-log/checkpoint',
];
/** The door repeats a read that a service it replaces has dropped. */
const DOOR_FIRST: readonly ExchangeService[] = ['gateway'];
/** Then who hears, then who tells, then the rest: each pair of versions meets in both directions. */
const HEARS_FIRST: readonly ExchangeService[] = ['metering'];
const TELLS_NEXT: readonly ExchangeService[] = ['contracts', 'catalog'];

/** An exchange of an old version trades; its databases and then its processes are brought to this one, under way. */
export async function rehearseUpgrade(options: UpgradeOptions): Promise<RehearsalVerdict> {
  const folder = await mkdtemp(join(tmpdir(), 'hetao-upgrade-'));
  await chmod(folder, 0o711);
  const upgrade = new Upgrade(folder, options);
  try {
    return await upgrade.run();
  } finally {
    await upgrade.close();
    if (options.keep) options.say(`Kept: ${folder}`);
    else await rm(folder, { recursive: true, force: true });
  }
}

class Upgrade {
  readonly #old: string;
  readonly #figures: Record<string, number> = {};
  readonly #trades: Traded[] = [];
  #exchange: RollingExchange | undefined;

  constructor(
    private readonly folder: string,
    private readonly options: UpgradeOptions,
  ) {
    this.#old = join(folder, 'old');
  }

  async run(): Promise<RehearsalVerdict> {
    const { from, say } = this.options;
    await this.#timed('old_version_built_s', () => layDownVersion(root, from, this.#old));
    await mkdir(join(this.folder, 'house'));
    const exchange = await this.#timed('old_exchange_ready_s', () => RollingExchange.start(this.#old, this.folder));
    this.#exchange = exchange;
    if (!(await this.#mayRoll(exchange))) return { holds: false, figures: this.#figures };
    const trade = new RunningTrade(exchange.url, this.#bigTrade(this.#old));
    if ((await trade.ended) !== 0) throw new Error(`The trade on the old version failed: ${trade.errors}`);
    const kept = await keepSight(exchange.url);
    say(`  ${from}: the trade was played to its end on the old version, from its own tools`);
    const visitor = new SteadyVisitor(exchange.url, DEMO_OPERATOR_KEY, PATHS);
    try {
      await this.#upgrade(exchange, await gatherSides(exchange.url));
    } catch (error) {
      say(`  ${(await visitor.leave()).detail}`);
      throw error;
    }
    const checks = [await visitor.leave(), ...(await this.#verified(exchange, kept))];
    for (const { what, holds, detail } of checks) say(`  ${holds ? '✓' : '✗'} ${what.padEnd(42)} ${detail}`);
    return { holds: checks.every(({ holds }) => holds), figures: this.#figures };
  }

  async close(): Promise<void> {
    await this.#exchange?.stop();
  }

  async #mayRoll(exchange: RollingExchange): Promise<boolean> {
    const { count, hard } = await this.#timed('steps_tried_s', () => stepsAhead(exchange, this.#old));
    this.#figures['migrations'] = count;
    for (const sentence of hard) this.options.say(`  ✗ ${sentence}`);
    if (hard.length === 0) this.options.say(`  ${count} migrations lie ahead; the old version can serve through each`);
    return hard.length === 0;
  }

  /** While it is going on, trades are made at each state in which two versions meet. */
  async #upgrade(exchange: RollingExchange, sides: TradingSides): Promise<void> {
    await this.#trade(sides, 'old processes on the old schema');
    await this.#timed('migrations_s', async () => {
      for (const name of exchangeServices) await exchange.migrate(name, root);
    });
    await this.#trade(sides, 'old processes on the new schema');
    await this.#roll(exchange, DOOR_FIRST);
    await this.#roll(exchange, HEARS_FIRST);
    await this.#trade(sides, 'new consumer, old producers');
    await this.#roll(exchange, TELLS_NEXT);
    await this.#trade(sides, 'new producers, old consumers');
    const rolled = [...DOOR_FIRST, ...HEARS_FIRST, ...TELLS_NEXT];
    await this.#roll(
      exchange,
      exchangeServices.filter((name) => !rolled.includes(name)),
    );
    await this.#trade(sides, 'the new version alone');
  }

  async #roll(exchange: RollingExchange, names: readonly ExchangeService[]): Promise<void> {
    for (const name of names) await this.#timed(`roll_${name}_s`, () => exchange.roll(name, root));
  }

  async #trade(sides: TradingSides, when: string): Promise<void> {
    const no = this.#trades.length + 1;
    const random = new Random(no);
    const plan = { name: `upgrade-${no}`, period: PERIOD, random, isRevoked: false, stepped: () => undefined };
    this.#trades.push(await playTrade(sides, plan));
    this.options.say(`  traded: ${when}`);
  }

  async #verified(exchange: RollingExchange, kept: Kept): Promise<Check[]> {
    const { url } = exchange;
    const officer = new ExchangeApi({ baseUrl: url, apiKey: DEMO_OPERATOR_KEY });
    await closeMonth(officer, PERIOD);
    const again = new RunningTrade(url, this.#bigTrade(root));
    const holds = (await again.ended) === 0;
    return [
      await usageIsCountedOnce(exchange.metering, this.#trades),
      await invoicesAreRight(officer, this.#trades, PERIOD),
      await statesAreLegal(officer, this.#trades),
      { what: 'old trade found again, books balanced', holds, detail: holds ? 'nothing changed' : again.errors },
      ...(await ledgerHolds(url, kept)),
      await logHolds(url, kept),
      await usageComplete(url),
    ];
  }

  #bigTrade(version: string) {
    return { folder: this.folder, lines: this.options.lines, version };
  }

  async #timed<R>(figure: string, work: () => Promise<R>): Promise<R> {
    const startedAt = performance.now();
    const result = await work();
    this.#figures[figure] = Number(((performance.now() - startedAt) / 1000).toFixed(1));
    return result;
  }
}
