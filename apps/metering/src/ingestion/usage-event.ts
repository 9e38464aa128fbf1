import { canonicalJson, type Decimal, DomainException, err, ok, type Result, unwrap } from '@hetao/kernel';
import { parseInstant } from '../window/instant.js';
import type { EventSlice } from './event-body.js';
import { inspectJson, type JsonInspection, type JsonShape, surveyJson } from './json-inspection.js';
import { readQuantity } from './quantity.js';
import { usageEventErrors, type UsageEventError } from './usage-event.errors.js';

/** The one type of event that is ingested. */
export const usageEventType = 'hetao.usage.recorded';
/**
 * Most characters of one event: a thousand commitments of persons of each kind are 134,000. Most nesting, most meters,
 * longest id and source.
 */
export const maxEventLength = 163_840;
export const maxEventDepth = 16;
export const maxMeters = 32;
export const maxAttributeLength = 200;
/** How far a sender's clock may run ahead. */
export const maxClockAheadMs = 5 * 60_000;

/** One use, as its CloudEvent says it: checked in itself, not yet against an agreement. */
export interface UsageEvent {
  readonly source: string;
  /** Unique within the source: the idempotency key. */
  readonly id: string;
  readonly agreementId: string;
  /** When the usage happened; ms since 1970, UTC. */
  readonly timeMs: number;
  readonly quantities: readonly { readonly meter: string; readonly quantity: Decimal }[];
  /** The data as canonical JSON (RFC 8785). */
  readonly data: string;
  /** Everything that makes two events with one id the same event: what the payload hash is taken over. */
  readonly payload: string;
}

/** Why an event cannot be read, with its id where that much could be read. */
export interface UnreadableEvent {
  readonly id: string | null;
  readonly error: UsageEventError;
}

/** An event that was read, or why it was not. */
export type ReadEvent = Result<UsageEvent, UnreadableEvent>;

/**
 * Reads a CloudEvents 1.0 event in structured JSON format that reports usage.
 *
 * @param nowMs the receiver's time: events later than {@link maxClockAheadMs} after it are refused.
 */
export function readUsageEvent(slice: EventSlice, nowMs: number): ReadEvent {
  const parsed = parseObject(slice);
  if (!parsed.ok) return err({ id: null, error: parsed.error });
  const attributes = parsed.value;
  const id = typeof attributes['id'] === 'string' ? attributes['id'].slice(0, maxAttributeLength) : null;
  const shape = surveyJson(attributes);
  // The cheap pass saw something that JSON.parse hides: only then is the text read a second time.
  const inspect = slice.inexactNumbers || slice.members !== shape.members;
  const inspection = inspect ? inspectJson(slice.text ?? '') : undefined;
  if (inspection?.duplicateMember !== undefined) return err({ id, error: duplicate(inspection.duplicateMember) });
  const timeMs = readTime(attributes['time'], nowMs);
  const error = attributeError(attributes, slice.unicodeEscapes) ?? (timeMs.ok ? undefined : timeMs.error);
  if (error) return err({ id, error });
  const quantities = readMeters(attributes['data'], inspection);
  if (!quantities.ok) return err({ id, error: quantities.error });
  const data = canonicalData(attributes['data'], shape, slice.unicodeEscapes);
  if (!data.ok) return err({ id, error: data.error });
  return ok(assemble(attributes, unwrap(timeMs), quantities.value, data.value));
}

type JsonObject = Readonly<Record<string, unknown>>;

function assemble(
  attributes: JsonObject,
  timeMs: number,
  quantities: UsageEvent['quantities'],
  data: string,
): UsageEvent {
  const agreementId = attributes['subject'] as string;
  return {
    source: attributes['source'] as string,
    id: attributes['id'] as string,
    agreementId,
    timeMs,
    quantities,
    data,
    // The type is one constant, and other attributes describe the transport: they may differ on a resend.
    payload: `${JSON.stringify(agreementId)},${timeMs},${data}`,
  };
}

function parseObject(slice: EventSlice): Result<JsonObject, UsageEventError> {
  if (slice.text === undefined) {
    return err(usageEventErrors.USAGE_EVENT_NOT_UTF8('The event holds bytes that are not UTF-8.'));
  }
  if (slice.length > maxEventLength) {
    return err(
      usageEventErrors.USAGE_EVENT_TOO_LARGE(
        `The event has ${slice.length} characters; ${maxEventLength} are the most.`,
      ),
    );
  }
  if (slice.depth > maxEventDepth) {
    return err(
      usageEventErrors.USAGE_EVENT_TOO_DEEP(`The event is nested ${slice.depth} deep; ${maxEventDepth} is the most.`),
    );
  }
  try {
    const value: unknown = JSON.parse(slice.text);
    if (isObject(value)) return ok(value);
    return err(usageEventErrors.USAGE_EVENT_MALFORMED('The event is JSON, but not an object.'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message.slice(0, 160) : 'it cannot be parsed';
    return err(usageEventErrors.USAGE_EVENT_MALFORMED(`The event is not JSON: ${reason}`));
  }
}

/** Attributes of CloudEvents 1.0 section 3.1, and what metering needs of them. */
function attributeError(attributes: JsonObject, escaped: boolean): UsageEventError | undefined {
  for (const name in attributes) {
    const value = attributes[name];
    if (name === 'data') continue;
    if (!/^[a-z0-9]+$/.test(name)) return invalid(name, 'is no CloudEvents name: lower-case letters and digits only.');
    if (value !== null && typeof value === 'object') return invalid(name, 'must be a string, number or boolean.');
  }
  for (const name of ['specversion', 'id', 'source', 'type', 'subject', 'time', 'data']) {
    if (attributes[name] === undefined || attributes[name] === null) return missing(name);
  }
  for (const name of ['id', 'source', 'subject']) {
    const fault = textFault(attributes[name], escaped);
    if (fault) return invalid(name, fault);
  }
  const { specversion, type, source, datacontenttype } = attributes;
  if (specversion !== '1.0') return invalid('specversion', 'must be "1.0".');
  if (type !== usageEventType) return invalid('type', `must be "${usageEventType}".`);
  if (!URI_REFERENCE.test(source as string)) return invalid('source', 'is no URI reference (RFC 3986).');
  const isStated = datacontenttype !== undefined && datacontenttype !== null;
  const isJson = typeof datacontenttype === 'string' && JSON_MEDIA_TYPE.test(datacontenttype);
  if (isStated && !isJson) return invalid('datacontenttype', 'must be application/json.');
  return undefined;
}

const URI_REFERENCE = /^[^\s<>"{}|\\^`]+$/;
const JSON_MEDIA_TYPE = /^application\/([a-z0-9.-]+\+)?json\s*(;|$)/i;

function textFault(value: unknown, escaped: boolean): string | undefined {
  if (typeof value !== 'string') return 'must be a string.';
  if (value === '') return 'must not be empty.';
  if (value.length > maxAttributeLength) return `has ${value.length} characters; ${maxAttributeLength} are the most.`;
  if (/\p{Cc}/u.test(value)) return 'holds a control character.';
  if (escaped && !value.isWellFormed()) return 'holds half of a surrogate pair.';
  return undefined;
}

function readTime(time: unknown, nowMs: number): Result<number, UsageEventError> {
  const timeMs = typeof time === 'string' ? parseInstant(time) : undefined;
  if (timeMs === undefined) {
    return err(invalid('time', 'is no RFC 3339 time with its offset, such as "2015-05-17T10:05:03Z".'));
  }
  if (timeMs - nowMs <= maxClockAheadMs) return ok(timeMs);
  const aheadS = Math.ceil((timeMs - nowMs) / 1000);
  return err(
    usageEventErrors.USAGE_EVENT_IN_FUTURE(
      `The event is ${aheadS} s ahead of the exchange's clock; ${maxClockAheadMs / 1000} s are tolerated.`,
      { pointer: '/time' },
    ),
  );
}

function readMeters(
  data: unknown,
  inspection: JsonInspection | undefined,
): Result<UsageEvent['quantities'], UsageEventError> {
  if (!isObject(data)) return err(dataInvalid('/data', 'data must be an object.'));
  const meters = data['meters'];
  if (!isObject(meters)) return err(dataInvalid('/data/meters', 'data.meters must be an object of quantities.'));
  const entries = Object.entries(meters);
  if (entries.length === 0 || entries.length > maxMeters) {
    return err(dataInvalid('/data/meters', `data.meters names ${entries.length} meters; 1 to ${maxMeters} are taken.`));
  }
  const quantities = [];
  for (const [meter, value] of entries) {
    if (!METER.test(meter)) return err(dataInvalid('/data/meters', `${JSON.stringify(meter)} cannot be a meter.`));
    const pointer = `/data/meters/${meter}`;
    const quantity = readQuantity(value, !inspection?.inexactNumbers.has(pointer), pointer);
    if (!quantity.ok) return quantity;
    quantities.push({ meter, quantity: quantity.value });
  }
  return ok(quantities);
}

const METER = /^[a-z][a-z0-9_]{0,63}$/;

function canonicalData(data: unknown, shape: JsonShape, escaped: boolean): Result<string, UsageEventError> {
  if (escaped && holdsNul(data)) return err(dataInvalid('/data', 'data holds a NUL character (\\u0000).'));
  // JSON.stringify writes numbers and strings as RFC 8785 does; where the members already stand in order and nothing
  // needs refusing, its text is the canonical one, at a quarter of the cost.
  if (shape.isOrdered && shape.isFinite && !escaped) return ok(JSON.stringify(data));
  try {
    return ok(canonicalJson(data));
  } catch (error) {
    if (!(error instanceof DomainException)) throw error;
    return err(dataInvalid(`/data${error.problem.pointer ?? ''}`, error.problem.detail));
  }
}

/** PostgreSQL's jsonb cannot hold U+0000; refusing it here keeps one event from failing its whole batch. */
function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0');
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, member]) => name.includes('\0') || holdsNul(member));
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function missing(name: string): UsageEventError {
  return usageEventErrors.USAGE_EVENT_ATTRIBUTE_MISSING(`The attribute ${name} is missing.`, { pointer: `/${name}` });
}

function invalid(name: string, fault: string): UsageEventError {
  const shown = name.slice(0, 40);
  return usageEventErrors.USAGE_EVENT_ATTRIBUTE_INVALID(`${shown} ${fault}`, { pointer: `/${shown}` });
}

function dataInvalid(pointer: string, detail: string): UsageEventError {
  return usageEventErrors.USAGE_EVENT_DATA_INVALID(detail, { pointer });
}

function duplicate(pointer: string): UsageEventError {
  return usageEventErrors.USAGE_EVENT_DUPLICATE_KEY(`${pointer} stands twice.`, { pointer });
}
