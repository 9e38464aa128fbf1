import { defineErrors, DomainException } from './errors.js';

export const jsonErrors = defineErrors({
  JSON_NOT_CANONICAL: {
    kind: 'invalid',
    title: 'The value has no canonical JSON form',
    fix: 'Use only plain objects, arrays, strings of valid Unicode, finite numbers, booleans and null; write big integers and decimals as strings.',
  },
});

/** Deep enough for every document of the exchange, shallow enough that a hostile one cannot exhaust the stack. */
export const maxJsonDepth = 64;

/**
 * The one text of a JSON value (RFC 8785, JCS): keys sorted by UTF-16 code unit, no white space, ECMAScript numbers.
 * Two values with equal meaning give equal bytes, so the text can be hashed and signed.
 * Properties that are `undefined` are left out, as JSON.stringify does.
 *
 * @throws DomainException JSON_NOT_CANONICAL for bigint, NaN, infinities, lone surrogates, dates, class instances,
 *   functions, holes, and nesting deeper than {@link maxJsonDepth}; the pointer says where.
 */
export function canonicalJson(value: unknown): string {
  return write(value, undefined, 0);
}

/** Where the writer is. The pointer's text is made only for an error: making it for every value costs more than writing. */
interface Place {
  readonly parent: Place | undefined;
  readonly step: string | number;
}

function write(value: unknown, place: Place | undefined, depth: number): string {
  if (depth > maxJsonDepth) throw refused(place, `it is nested deeper than ${maxJsonDepth} levels`);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return writeString(value, place);
  if (typeof value === 'number') return writeNumber(value, place);
  if (Array.isArray(value)) return writeArray(value, place, depth);
  if (typeof value === 'object') return writeObject(value, place, depth);
  throw refused(place, `it is of type ${typeof value}`);
}

function writeString(value: string, place: Place | undefined): string {
  // JSON.stringify would escape a lone surrogate; RFC 8785 3.2.2.2 requires the error.
  if (!value.isWellFormed()) throw refused(place, 'the string holds a lone surrogate');
  return JSON.stringify(value);
}

function writeNumber(value: number, place: Place | undefined): string {
  if (!Number.isFinite(value)) throw refused(place, `${value} is not a JSON number`);
  return JSON.stringify(value);
}

function writeArray(values: readonly unknown[], parent: Place | undefined, depth: number): string {
  // Array.from visits holes too, which map would skip and so write as nothing.
  const items = Array.from(values, (item, step) => write(item, { parent, step }, depth + 1));
  return `[${items.join(',')}]`;
}

function writeObject(value: object, parent: Place | undefined, depth: number): string {
  if (!isPlain(value)) throw refused(parent, 'it is an instance of a class (a Date, a Map …), not a plain object');
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([step, member]) => {
      const place = { parent, step };
      return `${writeString(step, place)}:${write(member, place, depth + 1)}`;
    });
  return `{${members.join(',')}}`;
}

/** Made by a literal or by JSON, of whatever realm: its prototype is none, or one that itself has none. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function refused(place: Place | undefined, reason: string): DomainException {
  const pointer = pointerTo(place);
  const where = pointer === '' ? 'The value' : `The value at ${pointer}`;
  return new DomainException(jsonErrors.JSON_NOT_CANONICAL(`${where} cannot be written: ${reason}.`, { pointer }));
}

/** RFC 6901. */
function pointerTo(place: Place | undefined): string {
  if (place === undefined) return '';
  return `${pointerTo(place.parent)}/${String(place.step).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
