import { canonicalJson, formatMoney, moneyFromJson, type JsonValue } from '@hetao/kernel';
import type { PublishedEvent } from './published-events.register.js';

type Members = Readonly<Record<string, JsonValue>>;

/**
 * The body of a message: `type`, `timestamp` and `data`, as Standard Webhooks names them, with the public API's spelling:
 * snake_case, money as decimal text. One text for every receiver and every try, so that one signature fits all of them.
 */
export function webhookBody(type: string, at: Date, data: Members): string {
  return canonicalJson({ type, timestamp: at.toISOString(), data: publicValue(data) });
}

/** The fields of an event that are told. */
export function toldFields({ fields }: PublishedEvent, data: Members): Members {
  return Object.fromEntries(fields.flatMap((field) => (field in data ? [[field, data[field] ?? null]] : [])));
}

/** The organisations an event names, each once. */
export function namedParties({ parties }: PublishedEvent, data: Members): readonly string[] {
  return [...new Set(parties.map((field) => data[field]).filter((value) => typeof value === 'string'))];
}

function publicValue(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item) => publicValue(item as JsonValue));
  if (value === null || typeof value !== 'object') return value;
  const members = value as Members;
  const { amountMinor, currency } = members;
  if (typeof amountMinor === 'string' && typeof currency === 'string' && Object.keys(members).length === 2) {
    const money = moneyFromJson({ amountMinor, currency } as Parameters<typeof moneyFromJson>[0]);
    return { amount: formatMoney(money), currency: money.currency };
  }
  return Object.fromEntries(Object.entries(members).map(([key, member]) => [snakeCase(key), publicValue(member)]));
}

function snakeCase(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
