import type { JsonValue } from '@hetao/kernel';

/** What facts and right operands are compared as: a name, or a number (an instant or a span in ms, a count). */
export type Comparable = string | number;
export type ValueKind = 'name' | 'place' | 'instant' | 'span' | 'count';

const INSTANT =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;
const SPAN = /^P(?=.)(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?=.)(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?$/;
const SPAN_UNITS_MS = [604_800_000, 86_400_000, 3_600_000, 60_000, 1_000];
const PLACE = /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/;
const COUNT = /^(0|[1-9]\d{0,14})$/;
/** Hong Kong and Macao under the subdivision codes some write: their law is not the mainland's. */
const PLACE_ALIASES: Readonly<Record<string, string>> = { 'CN-HK': 'HK', 'CN-MO': 'MO' };

/** A text read as a kind of value; undefined when it is none. Months and years are no span: no two are equally long. */
export function readValue(kind: ValueKind, text: string): Comparable | undefined {
  switch (kind) {
    case 'name':
      return text === '' ? undefined : text;
    case 'place': {
      if (PLACE.test(text)) return PLACE_ALIASES[text] ?? text;
      const place = text.replace(/^(urn:iso:std:iso:3166:|iso3166:)/i, '').toUpperCase();
      return PLACE.test(place) ? (PLACE_ALIASES[place] ?? place) : undefined;
    }
    case 'instant':
      return readInstant(text);
    case 'span': {
      const parts = SPAN.exec(text);
      return parts === null
        ? undefined
        : SPAN_UNITS_MS.reduce((ms, unit, index) => ms + unit * Number(parts[index + 1] ?? 0), 0);
    }
    case 'count':
      return COUNT.test(text) ? Number(text) : undefined;
  }
}

function readInstant(text: string): number | undefined {
  const [, year, month, day] = INSTANT.exec(text) ?? [];
  // Day 0 of the next month is the last of this one: a parser may read February 30 as March.
  if (day === undefined || Number(day) > new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate())
    return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}

/**
 * The texts a right operand stands for: one, or several where the operator takes a list (an array, a list between
 * commas, or the JSON text in which some connectors hand arrays on). Undefined for anything else.
 */
export function readTexts(right: JsonValue, asList: boolean): readonly string[] | undefined {
  const unfolded = asList && typeof right === 'string' ? unfold(right) : right;
  if (!Array.isArray(unfolded)) {
    const text = textOf(unfolded);
    return text === undefined ? undefined : [text];
  }
  const texts = unfolded.map((each: JsonValue) => textOf(each));
  const complete = texts.length > 0 && (asList || texts.length === 1) && texts.every((text) => text !== undefined);
  return complete ? texts : undefined;
}

function unfold(text: string): JsonValue {
  if (text.trimStart().startsWith('[')) {
    try {
      return JSON.parse(text) as JsonValue;
    } catch {
      return text;
    }
  }
  return text.includes(',') ? text.split(',').map((part) => part.trim()) : text;
}

function textOf(value: JsonValue): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { '@value': literal, '@id': id } = value as { readonly '@value'?: JsonValue; readonly '@id'?: JsonValue };
  const inner = literal ?? id;
  return typeof inner === 'string' ? inner : undefined;
}

/** True when a place is the other or lies in it: `CN-GD` lies in `CN`, `HK` does not. */
export function liesIn(place: Comparable, other: Comparable): boolean {
  return place === other || (typeof place === 'string' && place.startsWith(`${other}-`));
}
