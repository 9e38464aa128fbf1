import { hash } from 'node:crypto';
import { canonicalJson, type JsonValue } from '@hetao/kernel';
import type { UsageEvent } from './usage-event.js';

/** The values by which an event is also summed. */
export interface Dimensions {
  /** 128 bits of SHA-256 over the JSON, in hexadecimal. */
  readonly hash: string;
  /** Canonical JSON (RFC 8785) of an object of texts; members that the event does not have are absent. */
  readonly json: string;
}

/** Longest value that is kept: a dimension groups, it does not carry content. */
const MAX_VALUE_LENGTH = 100;

/**
 * The dimensions of an event: those members of its data that are texts, numbers or truth values.
 *
 * @param members names within `data`; none means that there is nothing to group by.
 */
export function dimensionsOf({ data }: Pick<UsageEvent, 'data'>, members: readonly string[]): Dimensions | undefined {
  if (members.length === 0) return undefined;
  const parsed = JSON.parse(data) as Readonly<Record<string, JsonValue>>;
  const values: Record<string, string> = {};
  for (const member of members) {
    const value = Object.hasOwn(parsed, member) ? parsed[member] : undefined;
    const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    if (isScalar) values[member] = String(value).slice(0, MAX_VALUE_LENGTH).toWellFormed();
  }
  const json = canonicalJson(values);
  return { hash: hash('sha256', json, 'hex').slice(0, 32), json };
}
