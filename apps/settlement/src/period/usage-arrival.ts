import { err, ok, type ErrorItem, type Result } from '@hetao/kernel';
import { periodErrors, type PeriodError } from './period.errors.js';

/** What has arrived of a period's usage. */
export interface Arrival {
  /** How many agreements metering closed; null until it said so. */
  readonly expected: number | null;
  /** How many of them are rated. */
  readonly rated: number;
  /** Agreements whose usage is here but whose terms are not; a sample is enough. */
  readonly waiting: readonly string[];
}

/** Whether all usage of a period is here and rated; if not, everything that is missing. */
export function checkArrival(period: string, arrival: Arrival): Result<Arrival, PeriodError> {
  const items = missing(arrival);
  const [first] = items;
  if (first === undefined) return ok(arrival);
  return err(periodErrors.PERIOD_USAGE_INCOMPLETE(`Period ${period}: ${first.detail}`, { items }));
}

function missing({ expected, rated, waiting }: Arrival): readonly ErrorItem[] {
  const items: ErrorItem[] = [];
  if (expected === null) {
    items.push({
      pointer: '',
      code: 'USAGE_NOT_COMPLETED',
      detail: 'metering has not said that the usage period is closed.',
    });
  } else if (rated + waiting.length < expected) {
    items.push({
      pointer: '',
      code: 'USAGE_MISSING',
      detail: `usage of ${expected} agreements is expected, that of ${rated + waiting.length} has arrived.`,
    });
  }
  if (waiting.length > 0) {
    items.push({
      pointer: '',
      code: 'AGREEMENT_MISSING',
      detail: `the terms of ${waiting.length} agreements with usage have not arrived: ${waiting.slice(0, 10).join(', ')}.`,
    });
  }
  return items;
}
