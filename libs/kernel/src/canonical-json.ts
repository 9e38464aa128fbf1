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
  return write(value, '', 0);
}

function write(value: unknown, pointer: string, depth: number): string {
  if (depth > maxJsonDepth) throw refused(pointer, `it is nested deeper than ${maxJsonDepth} levels`);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return writeString(value, pointer);
  if (typeof value === 'number') return writeNumber(value, pointer);
  if (Array.isArray(value)) return writeArray(value, pointer, depth);
  if (typeof value === 'object') return writeObject(value, pointer, depth);
  throw refused(pointer, `it is of type ${typeof value}`);
}

function writeString(value: string, pointer: string): string {
  // JSON.stringify would escape a lone surrogate; RFC 8785 3.2.2.2 requires the error.
  if (!value.isWellFormed()) throw refused(pointer, 'the string holds a lone surrogate');
  return JSON.stringify(value);
}

function writeNumber(value: number, pointer: string): string {
  if (!Number.isFinite(value)) throw refused(pointer, `${value} is not a JSON number`);
  return JSON.stringify(value);
}

function writeArray(values: readonly unknown[], pointer: string, depth: number): string {
  // Array.from visits holes too, which map would skip and so write as nothing.
  const items = Array.from(values, (item, index) => write(item, `${pointer}/${index}`, depth + 1));
  return `[${items.join(',')}]`;
}

function writeObject(value: object, pointer: string, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw refused(pointer, `it is a ${value.constructor.name}, not a plain object`);
  }
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => {
      const at = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      return `${writeString(key, at)}:${write(member, at, depth + 1)}`;
    });
  return `{${members.join(',')}}`;
}

function refused(pointer: string, reason: string): DomainException {
  const where = pointer === '' ? 'The value' : `The value at ${pointer}`;
  return new DomainException(jsonErrors.JSON_NOT_CANONICAL(`${where} cannot be written: ${reason}.`, { pointer }));
}
