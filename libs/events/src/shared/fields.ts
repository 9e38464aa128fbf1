import {
  currencyDigits,
  jurisdictions,
  languages,
  maxDecimalLength,
  type Currency,
  type Language,
} from '@hetao/kernel';
import { z } from 'zod';
import { named } from './named.js';

const currencyCodes = Object.keys(currencyDigits) as [Currency, ...Currency[]];

export const id = named(
  'Id',
  'A typed id such as `agr_…`. Only its form is promised; read no meaning into it.',
  z
    .string()
    .max(64)
    .regex(/^[a-z]{2,8}_[0-9a-z]+$/),
);

export const instant = named('Instant', 'A point in time, UTC, ISO 8601 with `Z`.', z.iso.datetime());

export const date = named('Date', 'A calendar date, ISO 8601.', z.iso.date());

export const period = named(
  'Period',
  'A settlement period: a calendar month, such as `2015-05`.',
  z.string().regex(/^[0-9]{4}-(0[1-9]|1[0-2])$/),
);

export const timeZone = named(
  'TimeZone',
  'IANA name of the zone in which a period begins and ends.',
  z.string().min(1).max(64),
);

export const quantity = named(
  'Quantity',
  'A decimal of zero or more as text: exact, which JSON numbers are not.',
  z
    .string()
    .max(maxDecimalLength)
    .regex(/^(0|[1-9][0-9]*)(\.[0-9]+)?$/),
);

export const minorUnits = named(
  'MinorUnits',
  'Whole minor units of a currency (fen, cents; whole dong) as text; may be negative.',
  z
    .string()
    .max(40)
    .regex(/^(0|-?[1-9][0-9]*)$/),
);

export const count = named('Count', 'How many.', z.int().nonnegative());

export const basisPoints = named('BasisPoints', 'Hundredths of a percent.', z.int().min(0).max(10_000));

export const currency = named('Currency', 'ISO 4217 code.', z.enum(currencyCodes));

export const jurisdiction = named('Jurisdiction', 'ISO 3166-1 alpha-2 code.', z.enum(jurisdictions));

export const text = named('Text', 'A short text a person wrote.', z.string().min(1).max(1000));

export const localizedText = named(
  'LocalizedText',
  'One text in every language of the exchange, by BCP 47 tag.',
  z.object(Object.fromEntries(languages.map((language) => [language, text])) as Record<Language, typeof text>),
);

export const sha256 = named('Sha256', 'SHA-256, lower-case hexadecimal.', z.string().regex(/^[0-9a-f]{64}$/));

export const meter = named(
  'Meter',
  'What is counted: `calls`, `bytes`.',
  z
    .string()
    .max(64)
    .regex(/^[a-z][a-z0-9_]*$/),
);

export const quota = named('Quota', 'How much of a meter an agreement allows.', z.object({ meter, limit: quantity }));

export const meterTotal = named(
  'MeterTotal',
  'Usage of one meter: the sum, and how many events made it.',
  z.object({ meter, quantity, events: count }),
);

export const money = named(
  'Money',
  'An amount of one currency in its minor units.',
  z.object({ amountMinor: minorUnits, currency }),
);
