import { Decimal, err, ok, type Result } from '@hetao/kernel';
import { usageEventErrors, type UsageEventError } from './usage-event.errors.js';

/** Most digits before the point. A total of 10^12 such events still fits every type it passes through. */
export const maxWholeDigits = 24;
/** Most digits after the point. */
export const maxFractionDigits = 12;

const DECIMAL = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?$/;

/**
 * Reads a quantity exactly: a string of decimal digits, or a JSON number that is a whole number within ±(2^53 − 1).
 *
 * @param value as JSON.parse gave it.
 * @param asWritten false when the number was written with a fraction or an exponent, so that parsing may have rounded.
 * @param pointer where the quantity stands in the event.
 */
export function readQuantity(value: unknown, asWritten: boolean, pointer: string): Result<Decimal, UsageEventError> {
  if (typeof value === 'number') {
    if (!asWritten || !Number.isSafeInteger(value)) return err(inexact(value, pointer));
    return value < 0 ? err(negative(String(value), pointer)) : ok(Decimal.of(value));
  }
  if (typeof value !== 'string') return err(notANumber(value, pointer));
  const parts = DECIMAL.exec(value.slice(0, MAX_TEXT));
  if (!parts || value.length > MAX_TEXT) return err(notANumber(value, pointer));
  const [, sign, whole = '', fraction = ''] = parts;
  if (sign === '-') return err(negative(value, pointer));
  if (whole.length > maxWholeDigits || fraction.length > maxFractionDigits) {
    return err(
      usageEventErrors.USAGE_QUANTITY_TOO_LONG(
        `${pointer} has ${whole.length} digits before the point and ${fraction.length} after it.`,
        { pointer },
      ),
    );
  }
  return ok(Decimal.parse(value));
}

/** Longest text that is looked at: bounds the work of a hostile quantity. */
const MAX_TEXT = 80;

function inexact(value: number, pointer: string): UsageEventError {
  const read = Number.isFinite(value) ? `${value}` : 'beyond the range of a JSON number';
  return usageEventErrors.USAGE_QUANTITY_INVALID(
    `${pointer} is a JSON number (${read}) that is not a plain whole number up to 9007199254740991: its digits may be lost on the way.`,
    { pointer },
  );
}

function notANumber(value: unknown, pointer: string): UsageEventError {
  const shown = typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : kindOf(value);
  return usageEventErrors.USAGE_QUANTITY_INVALID(`${pointer} is ${shown}, not a decimal number.`, { pointer });
}

function negative(value: string, pointer: string): UsageEventError {
  return usageEventErrors.USAGE_QUANTITY_NEGATIVE(`${pointer} is ${value}.`, { pointer });
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `of type ${typeof value}`;
}
