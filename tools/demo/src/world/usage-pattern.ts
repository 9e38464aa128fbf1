import { HOUR_MS, localHour } from './calendar.js';
import { chanceOf, type Chance } from './random.js';
import type { Rhythm, UsageSeed } from './seed-types.js';

/** A CloudEvent 1.0 as the exchange takes it, with the hour's use of one agreement. */
export interface UsageEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: 'hetao.usage.recorded';
  readonly subject: string;
  readonly time: string;
  readonly data: { readonly meters: Readonly<Record<string, string>> };
}

export interface UsageOf {
  /** Names the deal: the same deal always uses the same. */
  readonly key: string;
  readonly usage: UsageSeed;
  readonly source: string;
  readonly agreementId: string;
}

/** Days by how busy they are, Sunday first. */
const WEEK = [0.55, 1, 1.08, 1.1, 1.04, 0.96, 0.7] as const;
/** The office day: slow in the morning, a dip at lunch, busiest in the afternoon. */
const OFFICE: Readonly<Record<number, number>> = {
  9: 0.6,
  10: 1.1,
  11: 1.2,
  12: 0.5,
  13: 0.7,
  14: 1.3,
  15: 1.35,
  16: 1.25,
  17: 1,
  18: 0.5,
};
/** Trading hours, with the rush at the bell and at the close. */
const MARKET: Readonly<Record<number, number>> = { 9: 1.5, 10: 1.2, 11: 0.9, 13: 0.9, 14: 1, 15: 1.6 };
const NIGHTLY_HOUR = 3;

/** How busy an hour is: 1 is usual, 0 is nobody there. */
function weightOf(rhythm: Rhythm, hourMs: number): number {
  const { hour, weekday } = localHour(hourMs);
  const isWeekend = weekday === 0 || weekday === 6;
  const dayAndNight = 1 + 0.35 * Math.sin(((hour - 8) / 24) * 2 * Math.PI);
  switch (rhythm) {
    case 'office':
      return isWeekend ? 0 : (OFFICE[hour] ?? 0);
    case 'market':
      return isWeekend ? 0 : (MARKET[hour] ?? 0);
    case 'clock':
      return dayAndNight * (WEEK[weekday] ?? 1);
    case 'two-hourly':
      return hour % 2 === 0 ? dayAndNight * (WEEK[weekday] ?? 1) : 0;
    case 'nightly':
      return hour === NIGHTLY_HOUR ? (WEEK[weekday] ?? 1) : 0;
  }
}

/**
 * The use of every whole hour that begins in [fromMs, untilMs) and is over at `untilMs`: one event an hour in which
 * something was used. The same hour of the same deal is always the same event, whenever it is asked for.
 */
export function usageBetween(of: UsageOf, fromMs: number, untilMs: number): readonly UsageEvent[] {
  const events: UsageEvent[] = [];
  for (let hourMs = Math.ceil(fromMs / HOUR_MS) * HOUR_MS; hourMs + HOUR_MS <= untilMs; hourMs += HOUR_MS) {
    const weight = weightOf(of.usage.rhythm, hourMs);
    if (weight > 0) events.push(eventOf(of, hourMs, weight));
  }
  return events;
}

function eventOf({ key, usage, source, agreementId }: UsageOf, hourMs: number, weight: number): UsageEvent {
  const hour = new Date(hourMs).toISOString().slice(0, 13);
  const chance = chanceOf(`${key} ${hour}`);
  const calls = Math.max(1, Math.round(usage.calls * weight * between(chance, 0.75, 1.25)));
  const meters: Record<string, string> = { bytes: quantity(chance, calls * usage.bytesPerCall), calls: String(calls) };
  for (const [meter, perCall] of Object.entries(usage.perCall ?? {})) {
    const used = quantity(chance, calls * perCall);
    if (used !== '0') meters[meter] = used;
  }
  return {
    specversion: '1.0',
    id: `${key.replaceAll(/[^a-z0-9-]+/g, '.')}.${hour}`,
    source,
    type: 'hetao.usage.recorded',
    subject: agreementId,
    time: new Date(hourMs + Math.floor(chance() * (HOUR_MS / 1000)) * 1000).toISOString(),
    data: { meters },
  };
}

/** About so much, as a whole number; what is rarer than once an hour comes out as none or one. */
function quantity(chance: Chance, mean: number): string {
  return String(Math.floor(mean * between(chance, 0.8, 1.2) + chance()));
}

function between(chance: Chance, low: number, high: number): number {
  return low + chance() * (high - low);
}
