import {
  currencyDigits,
  jurisdictions,
  languages,
  maxDecimalLength,
  type Currency,
  type Language,
} from '@hetao/kernel';
import { z } from 'zod';

const currencyCodes = Object.keys(currencyDigits) as [Currency, ...Currency[]];

/** A typed id: `agr_…`. Only the form is checked; consumers must not read meaning into it. */
export const id = z
  .string()
  .max(64)
  .regex(/^[a-z]{2,8}_[0-9a-z]+$/);

/** A point in time, UTC, ISO 8601 with `Z`. */
export const instant = z.iso.datetime();

/** A calendar date, ISO 8601. */
export const date = z.iso.date();

/** A settlement period: a calendar month in the zone given beside it. */
export const period = z.string().regex(/^[0-9]{4}-(0[1-9]|1[0-2])$/);

/** IANA name of the zone in which a period's months begin and end. */
export const timeZone = z.string().min(1).max(64);

/** A decimal ≥ 0 as text, exact: JSON numbers are not. */
export const quantity = z
  .string()
  .max(maxDecimalLength)
  .regex(/^(0|[1-9][0-9]*)(\.[0-9]+)?$/);

/** Whole minor units as text; may be negative. */
export const minorUnits = z
  .string()
  .max(40)
  .regex(/^(0|-?[1-9][0-9]*)$/);

/** A count. */
export const count = z.int().nonnegative();

/** ISO 4217 code. */
export const currency = z.enum(currencyCodes);

/** ISO 3166-1 alpha-2 code of a jurisdiction the exchange serves. */
export const jurisdiction = z.enum(jurisdictions);

/** A short text a person wrote. */
export const text = z.string().min(1).max(1000);

/** A name in every language of the exchange. */
export const localizedText = z.object(
  Object.fromEntries(languages.map((language) => [language, text])) as Record<Language, typeof text>,
);

/** Lower-case hexadecimal SHA-256. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What is counted: `calls`, `bytes`. */
export const meter = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9_]*$/);

/** How much of a meter an agreement allows; null for no bound. */
export const quota = z.object({ meter, limit: quantity }).nullable();

/** Usage of one meter: the sum, and how many events made it. */
export const meterTotal = z.object({ meter, quantity, events: count });
