import { err, ok, type Result } from '@hetao/kernel';
import { fxErrors, type FxError } from './fx.errors.js';
import { agree, isDate, maxRates, readPair, readRate, type QuotedRate, type RateSide } from './rate-file.js';

const HEADER = 'date,base,quote,side,rate,inverse,source';
const SIDES: readonly string[] = ['bid', 'ask', 'mid'] satisfies RateSide[];
const SOURCE = /^[\p{L}\p{N} ._-]{1,40}$/u;

/** Reads rates from CSV with the header {@link HEADER}. Every fault names its line. */
export function parseCsvRates(text: string): Result<readonly QuotedRate[], FxError> {
  const [header = '', ...lines] = text.replace(/^\uFEFF/u, '').split(/\r?\n/u);
  if (header.trim().toLowerCase() !== HEADER) {
    return err(fxErrors.RATE_FILE_MALFORMED(`Line 1 is not "${HEADER}".`));
  }
  if (lines.length > maxRates) return err(fxErrors.RATE_FILE_MALFORMED(`More than ${maxRates} rates.`));
  const rates: QuotedRate[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const rate = readLine(line, `line ${index + 2}`);
    if (!rate.ok) return rate;
    rates.push(rate.value);
  }
  return rates.length === 0 ? err(fxErrors.RATE_FILE_MALFORMED('The file holds no rate.')) : ok(rates);
}

function readLine(line: string, where: string): Result<QuotedRate, FxError> {
  const cells = line.split(',').map((cell) => cell.trim());
  const [date = '', base = '', quote = '', side = '', rateText = '', inverseText = '', source = ''] = cells;
  if (cells.length !== 7) return err(fxErrors.RATE_FILE_MALFORMED(`${where} has ${cells.length} cells, not 7.`));
  if (!isDate(date)) return err(fxErrors.RATE_FILE_MALFORMED(`${where}: "${date.slice(0, 20)}" is no date.`));
  if (!isSide(side)) return err(fxErrors.RATE_FILE_MALFORMED(`${where}: the side is bid, ask or mid.`));
  if (!SOURCE.test(source)) return err(fxErrors.RATE_FILE_MALFORMED(`${where}: name the source in up to 40 letters.`));
  const pair = readPair(base, quote, where);
  if (!pair.ok) return pair;
  const rate = readRate(rateText, where);
  if (!rate.ok) return rate;
  const inverse = readRate(inverseText, where);
  if (!inverse.ok) return inverse;
  if (!agree(rate.value, inverse.value)) {
    return err(fxErrors.RATE_INVALID(`${where}: ${rateText} and ${inverseText} are not each other’s inverse.`));
  }
  const [from, to] = pair.value;
  return ok({ base: from, quote: to, rate: rate.value, inverse: inverse.value, side, source, quotedOn: date });
}

function isSide(text: string): text is RateSide {
  return SIDES.includes(text);
}
