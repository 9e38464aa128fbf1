import { canonicalJson, Decimal, DomainException, err, ok, type Result } from '@hetao/kernel';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { leafHash } from './merkle.js';
import { usageFault, type UsageProofFault } from './usage-fault.js';

/** The one type of event that reports usage. */
const USAGE_TYPE = 'hetao.usage.recorded';
const MAX_TEXT = 200;

/** What of a usage event is proven: all that makes two events with one id the same event. */
export interface ProvenUsage {
  readonly id: string;
  readonly source: string;
  /** Id of the agreement. */
  readonly subject: string;
  /** UTC, milliseconds: `2015-05-17T10:05:03.000Z`. */
  readonly time: string;
  readonly data: UsageData;
}

export interface UsageData {
  /** Exact decimals as text, or whole numbers, by meter. */
  readonly meters: Readonly<Record<string, string | number>>;
  readonly [member: string]: unknown;
}

/**
 * The leaf of an event: RFC 9162's leaf hash over the canonical JSON (RFC 8785) of its id, source, subject, time in UTC
 * milliseconds, type and data. Whoever holds the event computes the same, however the event was written.
 *
 * @throws DomainException JSON_NOT_CANONICAL.
 */
export function usageLeaf({ id, source, subject, time, data }: ProvenUsage): string {
  return leafHash(utf8ToBytes(canonicalJson({ id, source, subject, time, type: USAGE_TYPE, data })));
}

/** A leaf and what puts it in its place. */
export interface PlacedLeaf {
  readonly time: string;
  readonly leaf: string;
}

/** The order of the leaves of a statement: by time, then by leaf. Equal leaves are equal events. */
export function inUsageOrder(a: PlacedLeaf, b: PlacedLeaf): number {
  if (a.time !== b.time) return a.time < b.time ? -1 : 1;
  return a.leaf === b.leaf ? 0 : a.leaf < b.leaf ? -1 : 1;
}

/** Reads what is proven of a CloudEvent, as a sender or a receiver keeps it. Attributes of the transport are left out. */
export function readProvenUsage(event: unknown): Result<ProvenUsage, UsageProofFault> {
  if (!isRecord(event)) return err(malformed('it is no JSON object'));
  const { id, source, subject, time, type, data } = event;
  if (type !== USAGE_TYPE) return err(malformed(`its type is not "${USAGE_TYPE}"`));
  if (!isText(id) || !isText(source) || !isText(subject)) return err(malformed('id, source or subject is no text'));
  const utc = typeof time === 'string' ? utcMilliseconds(time) : undefined;
  if (utc === undefined) return err(malformed('its time is no RFC 3339 time with an offset'));
  if (!isRecord(data) || !isRecord(data['meters'])) return err(malformed('data.meters is no object'));
  if (!Object.values(data['meters']).every(isQuantity)) return err(malformed('a quantity is no exact decimal'));
  const usage = { id, source, subject, time: utc, data: data as UsageData };
  return isCanonical(usage) ? ok(usage) : err(malformed('it holds half a surrogate pair or a number beyond range'));
}

function isQuantity(value: unknown): boolean {
  return typeof value === 'string' ? Decimal.isDecimal(value) : Number.isSafeInteger(value);
}

function isCanonical(value: ProvenUsage): boolean {
  try {
    return canonicalJson(value) !== '';
  } catch (error) {
    if (error instanceof DomainException) return false;
    throw error;
  }
}

const RFC_3339 = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}):(\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2})$/;

/** The time in UTC, finer digits than milliseconds dropped; second 60 is the first of the next minute. */
function utcMilliseconds(time: string): string | undefined {
  const parts = RFC_3339.exec(time);
  if (!parts) return undefined;
  const [, day = '', minute = '', second = '', fraction = '', zone = ''] = parts;
  const isLeap = second === '60';
  const start = Date.parse(`${day}T${minute}:${isLeap ? '59' : second}Z`);
  // The calendar of the runtime takes 31 February for 3 March: what it reads must be what was written.
  if (Number.isNaN(start) || !new Date(start).toISOString().startsWith(`${day}T${minute}`)) return undefined;
  const [hours = 0, minutes = 0] = zone.length === 1 ? [] : zone.slice(1).split(':').map(Number);
  if (hours > 23 || minutes > 59) return undefined;
  const offset = (hours * 60 + minutes) * 60_000 * (zone.startsWith('-') ? -1 : 1);
  const ms = start + (isLeap ? 1000 : 0) + Number(fraction.slice(0, 3).padEnd(3, '0')) - offset;
  return new Date(ms).toISOString();
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_TEXT;
}

function malformed(why: string): UsageProofFault {
  return usageFault('event_malformed', `This is not a usage event: ${why}.`);
}
