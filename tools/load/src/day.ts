import { Random } from '../../chaos/src/random.js';
import { Arrivals, type Visit } from './arrivals.js';
import { gatherCast } from './cast.js';
import { percentile } from './figures.js';
import { habitsOf } from './habits.js';
import { openHouse } from './house.js';
import { Watch, type Vitals } from './vitals.js';

export interface DayOptions {
  readonly minutes: number;
  readonly merchants: number;
  readonly buyers: number;
  readonly speed: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}

/** What one route was like. */
export interface RouteFigures {
  readonly name: string;
  readonly visits: number;
  readonly faults: readonly string[];
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly mostMs: number;
}

export interface DayFigures {
  readonly routes: readonly RouteFigures[];
  readonly vitals: readonly Vitals[];
  readonly seconds: number;
  /** Processor time of the seven services, as a share of one core. */
  readonly cores: number;
}

const READ_EVERY_MS = 5_000;
const MS_PER_MINUTE = 60_000;
/** Agreements begin in a month that is over; the day itself is today. */
const PERIOD = '2024-11';

/** Plays a day of the exchange: everybody is enrolled, then comes and goes as people do. */
export async function playDay(options: DayOptions): Promise<DayFigures> {
  const { minutes, merchants, buyers, speed, seed, say } = options;
  const { exchange, close } = await openHouse();
  try {
    const startedAt = performance.now();
    const cast = await gatherCast(exchange.url, { merchants, buyers, period: PERIOD });
    say(
      `${merchants} merchants and ${buyers} buyers enrolled in ${Math.round((performance.now() - startedAt) / 1000)} s`,
    );
    const random = new Random(seed);
    const arrivals = new Arrivals(habitsOf({ cast, speed, random, period: PERIOD }), random);
    const watch = new Watch(exchange.services, READ_EVERY_MS);
    const begunAt = performance.now();
    await arrivals.run(minutes * MS_PER_MINUTE);
    const seconds = (performance.now() - begunAt) / 1000;
    const vitals = await watch.end();
    const cpuSeconds = vitals.reduce((sum, one) => sum + one.cpuSeconds, 0);
    return { routes: routesOf(arrivals.visits), vitals, seconds, cores: cpuSeconds / seconds };
  } finally {
    await close();
  }
}

function routesOf(visits: readonly Visit[]): readonly RouteFigures[] {
  const names = [...new Set(visits.map(({ name }) => name))].sort();
  return names.map((name) => {
    const own = visits.filter((visit) => visit.name === name);
    const took = own.map(({ tookMs }) => tookMs);
    return {
      name,
      visits: own.length,
      faults: own.flatMap(({ fault }) => (fault === undefined ? [] : [fault])),
      p50Ms: percentile(took, 0.5),
      p95Ms: percentile(took, 0.95),
      p99Ms: percentile(took, 0.99),
      mostMs: percentile(took, 1),
    };
  });
}
