import { chmod, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServiceProcess } from '@hetao/testing';
import {
  keepGrownSight,
  keepSight,
  laterSightAlarms,
  ledgerHolds,
  logHolds,
  usageComplete,
  type Check,
  type Kept,
} from '../../exchange/verify.js';
import { ArchivedDatabase, type TableContent } from './archived-database.js';
import { openHouse, RunningTrade } from './house.js';
import { sameContent } from './same-content.js';

export interface RehearsalOptions {
  readonly lines: number;
  readonly keep: boolean;
  readonly say: (line: string) => void;
}

export interface RehearsalVerdict {
  readonly holds: boolean;
  readonly figures: Readonly<Record<string, number>>;
}

const MOMENT = 'before_the_accident';
const MEGABYTE = 1024 * 1024;

interface Lost {
  readonly content: readonly TableContent[];
  readonly atMoment: Kept;
  readonly later: Kept;
}

/**
 * The accident from beginning to end. Usage, invoice and first payment come before the named moment, payouts after it;
 * what came after is gone on purpose, and the trade, played again, does it anew.
 */
export async function rehearseRestore({ lines, keep, say }: RehearsalOptions): Promise<RehearsalVerdict> {
  const folder = await mkdtemp(join(tmpdir(), 'hetao-rehearsal-'));
  // The server runs as an account of its own where we are root: it has to pass, and can look at nothing.
  await chmod(folder, 0o711);
  const rehearsal = new Rehearsal(folder, lines, say);
  try {
    return await rehearsal.run();
  } finally {
    await rehearsal.close();
    if (keep) say(`Kept: ${folder}`);
    else await rm(folder, { recursive: true, force: true });
  }
}

class Rehearsal {
  readonly #figures: Record<string, number> = {};
  #database: ArchivedDatabase | undefined;
  #house: ServiceProcess | undefined;

  constructor(
    private readonly folder: string,
    private readonly lines: number,
    private readonly say: (line: string) => void,
  ) {}

  get #trade() {
    return { folder: this.folder, lines: this.lines };
  }

  async run(): Promise<RehearsalVerdict> {
    await mkdir(join(this.folder, 'house'));
    const database = await ArchivedDatabase.create(this.folder);
    this.#database = database;
    const lost = await this.#tradeUntilTheAccident(database);
    const startedAt = performance.now();
    const restored = await this.#timed('restore_s', () => database.restoreTo(MOMENT));
    this.#database = restored;
    const checks = [sameContent(lost.content, await restored.content())];
    await cp(join(this.folder, 'backup', 'house'), join(this.folder, 'house'), { recursive: true });
    this.#house = await this.#timed('exchange_ready_s', () => openHouse(this.folder, restored.url));
    this.#figures['back_in_service_s'] = seconds(startedAt);
    checks.push(...(await this.#timed('verify_s', () => this.#verified(lost))));
    checks.push(await this.#tradedToItsEnd());
    for (const { what, holds, detail } of checks) this.say(`  ${holds ? '✓' : '✗'} ${what.padEnd(42)} ${detail}`);
    return { holds: checks.every(({ holds }) => holds), figures: this.#figures };
  }

  async close(): Promise<void> {
    // A frozen process hears no polite signal.
    this.#house?.signal('SIGCONT');
    await this.#house?.stop();
    await this.#database?.server.stop();
  }

  async #tradeUntilTheAccident(database: ArchivedDatabase): Promise<Lost> {
    const house = await openHouse(this.folder, database.url);
    this.#house = house;
    const trade = new RunningTrade(house.url, this.#trade);
    const paid = trade.pausedAt('statement imported: paid');
    await trade.reached('usage sent');
    const backup = await this.#timed('base_backup_s', () => database.backUp());
    this.#figures['base_backup_mb'] = megabytes(backup.bytes);
    this.say(`  base backup while usage came in: ${backup.files} files, ${megabytes(backup.bytes)} MB`);
    await paid;
    const { content, atMoment } = await this.#nameMoment(house, database);
    this.say(`  moment named "${MOMENT}": the buyer has paid, ${content.length} tables written down`);
    trade.goOn();
    if ((await trade.ended) !== 0) throw new Error(`The trade failed: ${trade.errors}`);
    const later = await keepGrownSight(house.url, atMoment);
    await database.flushArchive();
    const { segments, bytes } = await database.archived();
    Object.assign(this.#figures, { archived_segments: segments, archived_mb: megabytes(bytes) });
    await house.kill();
    await database.destroy();
    await rm(join(this.folder, 'house'), { recursive: true, force: true });
    this.say(`  the trade went on to its end; then everything but the backup was destroyed (${segments} log segments)`);
    return { content, atMoment, later };
  }

  /** All writers stand still while the moment is named and written down, so that both are of the same instant. */
  async #nameMoment(house: ServiceProcess, database: ArchivedDatabase): Promise<Omit<Lost, 'later'>> {
    const atMoment = await keepSight(house.url);
    house.signal('SIGSTOP');
    try {
      const content = await database.content();
      await database.nameMoment(MOMENT);
      // Keys and enclaves lie outside the database: a backup without them restores a house that nobody can enter.
      await cp(join(this.folder, 'house'), join(this.folder, 'backup', 'house'), { recursive: true });
      return { content, atMoment };
    } finally {
      house.signal('SIGCONT');
    }
  }

  async #verified({ atMoment, later }: Lost): Promise<Check[]> {
    const url = this.#house?.url ?? '';
    return [
      ...(await ledgerHolds(url, atMoment)),
      await logHolds(url, atMoment),
      await laterSightAlarms(url, later),
      await usageComplete(url),
    ];
  }

  async #tradedToItsEnd(): Promise<Check> {
    const trade = new RunningTrade(this.#house?.url ?? '', this.#trade);
    const holds = (await this.#timed('trade_again_s', () => trade.ended)) === 0;
    return {
      what: 'trade played on to its end',
      holds,
      detail: holds ? 'balanced, reconciled and closed' : trade.errors,
    };
  }

  async #timed<R>(figure: string, work: () => Promise<R>): Promise<R> {
    const startedAt = performance.now();
    const result = await work();
    this.#figures[figure] = seconds(startedAt);
    return result;
  }
}

const seconds = (startedAt: number): number => Number(((performance.now() - startedAt) / 1000).toFixed(1));
const megabytes = (bytes: number): number => Math.round(bytes / MEGABYTE);
