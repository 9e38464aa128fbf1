import { err, isCurrency, ok, type Currency, type Decimal, type Result } from '@hetao/kernel';
import { SaxesParser } from 'saxes';
import { fxErrors, type FxError } from './fx.errors.js';
import { crossRate, isDate, maxRates, readRate, type QuotedRate } from './rate-file.js';

const SOURCE = 'ECB';
const MAX_DEPTH = 8;

/**
 * Reads the European Central Bank's daily reference rates (`gesmes:Envelope/Cube/Cube[@time]/Cube[@currency,@rate]`):
 * units of a currency for one euro. The exchange does not settle in euro, so each pair of its own currencies becomes a
 * cross rate through it. No document type, no entities of the file's own.
 */
export function parseEcbRates(xml: string): Result<readonly QuotedRate[], FxError> {
  const days = readDays(xml);
  if (!days.ok) return days;
  const rates = [...days.value].flatMap(([date, perEuro]) => crossRates(date, perEuro));
  if (rates.length === 0) return err(fxErrors.RATE_FILE_MALFORMED('The file names no two currencies of the exchange.'));
  return ok(rates);
}

type Day = Map<Currency, Decimal>;

function readDays(xml: string): Result<ReadonlyMap<string, Day>, FxError> {
  const days = new Map<string, Day>();
  let fault: FxError | undefined;
  let date: string | undefined;
  let depth = 0;
  let count = 0;
  const fail = (error: FxError): void => {
    fault ??= error;
  };
  const parser = new SaxesParser();
  parser.on('doctype', () => fail(fxErrors.RATE_FILE_MALFORMED('The file declares a document type.')));
  parser.on('error', (error) => fail(fxErrors.RATE_FILE_MALFORMED(error.message)));
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    if (depth > MAX_DEPTH) fail(fxErrors.RATE_FILE_MALFORMED(`Elements are nested deeper than ${MAX_DEPTH}.`));
    if (name !== 'Cube') return;
    const { time, currency, rate } = attributes;
    if (time !== undefined) {
      date = time;
      if (!isDate(time)) fail(fxErrors.RATE_FILE_MALFORMED(`"${time.slice(0, 20)}" is no date.`));
    }
    if (currency === undefined || rate === undefined || !isCurrency(currency)) return;
    count += 1;
    const read = readRate(rate, `${date ?? 'undated'}, EUR/${currency}`);
    if (!read.ok) return fail(read.error);
    if (date === undefined) return fail(fxErrors.RATE_FILE_MALFORMED(`The rate of ${currency} has no date.`));
    if (count > maxRates) return fail(fxErrors.RATE_FILE_MALFORMED(`More than ${maxRates} rates.`));
    const day = days.get(date) ?? new Map<Currency, Decimal>();
    if (day.has(currency)) fail(fxErrors.RATE_FILE_MALFORMED(`${currency} stands twice on ${date}.`));
    days.set(date, day.set(currency, read.value));
  });
  parser.on('closetag', () => (depth -= 1));
  // In pieces, so that a fault ends the work where it stands.
  for (let at = 0; at < xml.length && fault === undefined; at += 65_536) parser.write(xml.slice(at, at + 65_536));
  if (fault === undefined) parser.close();
  return fault === undefined ? ok(days) : err(fault);
}

function crossRates(quotedOn: string, perEuro: Day): QuotedRate[] {
  const known = [...perEuro].sort(([a], [b]) => (a < b ? -1 : 1));
  return known.flatMap(([base, basePerEuro], index) =>
    known.slice(index + 1).map(([quote, quotePerEuro]): QuotedRate => {
      const rate = crossRate(quotePerEuro, basePerEuro);
      const inverse = crossRate(basePerEuro, quotePerEuro);
      return { base, quote, rate, inverse, side: 'mid', source: SOURCE, quotedOn };
    }),
  );
}
