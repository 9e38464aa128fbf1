import { err, ok, type Result } from '@hetao/kernel';
import { civilFromDays, msPerDay } from '../window/instant.js';
import { personsErrors, type PersonsError } from './persons.errors.js';

/** Whose data one use delivered: salted commitments (SHA-256, lower-case hexadecimal), by how the law ranks the data. */
export interface Persons {
  readonly general: readonly string[];
  readonly sensitive: readonly string[];
}

/** Most commitments of one kind in one event. */
export const maxPersonsAnEvent = 1_000;

const COMMITMENT = /^[0-9a-f]{64}$/;
const KINDS = ['general', 'sensitive'] as const;
/** Beijing time. Summer time, last kept in 1991, never reached into a new year. */
const MAINLAND_OFFSET_MS = 8 * 3_600_000;

/**
 * The persons an event names, each once; undefined when it names none.
 *
 * @param data canonical JSON of the event's data.
 */
export function readPersons(data: string): Result<Persons | undefined, PersonsError> {
  // Nearly no event names persons, and each of the others would pay for parsing its data once more.
  if (!data.includes('"persons"')) return ok(undefined);
  const value = (JSON.parse(data) as { readonly persons?: unknown }).persons;
  if (value === undefined) return ok(undefined);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return err(invalid('', 'must be an object.'));
  const stray = Object.keys(value).find((name) => !KINDS.some((kind) => kind === name));
  if (stray !== undefined)
    return err(invalid('', `names "${stray.slice(0, 40)}"; only general and sensitive are counted.`));
  const persons = { general: [] as readonly string[], sensitive: [] as readonly string[] };
  for (const kind of KINDS) {
    const read = readCommitments((value as Readonly<Record<string, unknown>>)[kind], `/${kind}`);
    if (!read.ok) return read;
    persons[kind] = read.value;
  }
  return ok(persons);
}

function readCommitments(list: unknown, pointer: string): Result<readonly string[], PersonsError> {
  if (list === undefined) return ok([]);
  if (!Array.isArray(list)) return err(invalid(pointer, 'must be a list.'));
  if (list.length > maxPersonsAnEvent) {
    return err(invalid(pointer, `names ${list.length} persons; ${maxPersonsAnEvent} are the most of one event.`));
  }
  const wrong = list.findIndex((one) => typeof one !== 'string' || !COMMITMENT.test(one));
  if (wrong >= 0) return err(invalid(`${pointer}/${wrong}`, 'is no SHA-256 in lower-case hexadecimal.'));
  return ok([...new Set(list as readonly string[])]);
}

function invalid(pointer: string, fault: string): PersonsError {
  const full = `/data/persons${pointer}`;
  return personsErrors.USAGE_PERSONS_INVALID(`${full} ${fault}`, { pointer: full });
}

/** The calendar year in the mainland of China: the year over which the law counts persons. */
export function mainlandYear(ms: number): number {
  return civilFromDays(Math.floor((ms + MAINLAND_OFFSET_MS) / msPerDay)).year;
}
