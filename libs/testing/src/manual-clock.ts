import type { Clock } from '@hetao/kernel';

/** A span of time; the parts add up. */
export interface Span {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly ms?: number;
}

/** A clock that stands still until the test moves it. */
export interface ManualClock extends Clock {
  set(iso: string): void;
  advance(span: Span): void;
}

/** @throws Error when `iso` is not a time with its zone, such as `2015-05-17T10:05:03Z` */
export function manualClock(iso: string): ManualClock {
  let now = instant(iso);
  return {
    now: () => new Date(now),
    set: (later) => {
      now = instant(later);
    },
    advance: ({ days = 0, hours = 0, minutes = 0, seconds = 0, ms = 0 }) => {
      now += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000 + ms;
    },
  };
}

function instant(iso: string): number {
  const time = Date.parse(iso);
  // Without a zone the same test would mean different instants on different machines.
  if (Number.isNaN(time) || !/(Z|[+-]\d\d:\d\d)$/.test(iso)) {
    throw new Error(`"${iso}" is not a time with a zone; write it like 2015-05-17T10:05:03Z.`);
  }
  return time;
}
