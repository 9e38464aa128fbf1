import { join } from 'node:path';
import type { BannerWords } from './banner.words.js';
import { Cast } from './cast.js';
import { DemoKeys } from './demo-keys.js';
import { Found } from './found.js';
import { BOOK_STEPS, makeBooks } from './make-books.js';
import { makeOrganisations, makeProducts } from './make-catalog.js';
import { makeContracts } from './make-contracts.js';
import { makeDemands } from './make-demands.js';
import { connectHeartbeat, countHeartbeat } from './make-heartbeat.js';
import { makeSandbox, SANDBOX_STEPS } from './make-sandbox.js';
import { makeUsage, MONTHS_CLOSED } from './make-usage.js';
import type { Making } from './making.js';
import { Progress, type Screen } from './progress.js';
import { calendarAt, calendarFrom, type Calendar } from './world/calendar.js';
import { demoWorld, type World } from './world/world.js';

export interface DemoCounts {
  readonly merchants: number;
  readonly products: number;
  readonly agreements: number;
  readonly usageEvents: number;
}

export interface WorldOptions {
  readonly baseUrl: string;
  readonly operatorKey: string;
  readonly officerKey: string;
  /** Where the members' API keys and the researcher's half of a model are kept. */
  readonly folder: string;
  readonly screen: Screen;
  readonly words: Pick<BannerWords, 'making' | 'stages'>;
}

/**
 * Fills the exchange with the demo world, through its public API alone. What is there already is found and left as it
 * is, so a second run adds nothing, and one after an interruption goes on where that stopped.
 */
export async function makeWorld(options: WorldOptions): Promise<DemoCounts> {
  const { baseUrl, operatorKey, officerKey, folder, screen, words } = options;
  const world = demoWorld();
  const keys = await DemoKeys.open(join(folder, 'demo-keys.json'));
  const cast = new Cast({ baseUrl, operatorKey, officerKey }, keys, world.organisations);
  const found = await Found.read(cast.operator, world);
  const calendar = calendarOf(world, found);
  const progress = new Progress(screen, words, stepsOf(world));
  const making: Making = { cast, found, world, calendar, progress };
  try {
    await makeOrganisations(making);
    await makeProducts(making);
    await connectHeartbeat(making, baseUrl);
    await makeDemands(making);
    await makeContracts(making);
    await countHeartbeat(making);
    // Its data is generated, and trained on, in processes of their own, while the rest is told.
    await Promise.all([makeSandbox(making, { baseUrl, folder }), makeUsage(making)]);
    await makeBooks(making);
  } finally {
    progress.end();
  }
  return { ...found.counts(), usageEvents: await countUsage(making) };
}

function stepsOf({ organisations, products, offers, deals }: World): number {
  const told = organisations.length + products.length + offers.length + 2 * deals.length;
  return told + SANDBOX_STEPS + MONTHS_CLOSED + BOOK_STEPS;
}

/** The demo's months: those around now, or those it was begun in. */
function calendarOf(world: World, found: Found): Calendar {
  const story = world.offers.find(({ seed }) => seed.term === 'story');
  const begun = story && found.offer(story)?.term.from;
  return begun === undefined ? calendarAt(Date.now()) : calendarFrom(Date.parse(begun));
}

/** What metering took in since the demo was begun, by the month of receipt. */
async function countUsage({ cast, calendar }: Making): Promise<number> {
  const thisMonth = new Date().toISOString().slice(0, 7);
  // The demo's month begins before that of UTC, in which receipts are counted.
  const months = new Set([calendar.last.period, calendar.current.period, thisMonth]);
  const counted = await Promise.all(
    [...months].map((period) => cast.operator.get<{ accepted: number }>(`/v1/usage/completeness?period=${period}`)),
  );
  return counted.reduce((sum, { accepted }) => sum + accepted, 0);
}
