import { canonicalJson, type JsonValue } from '@hetao/kernel';
import { connectives, termOf, type OdrlPolicy } from './odrl.js';

const TERMS: ReadonlySet<string> = new Set(['action', 'leftOperand', 'operator']);
const LISTS: ReadonlySet<string> = new Set([
  'permission',
  'prohibition',
  'obligation',
  'duty',
  'constraint',
  ...connectives,
]);
const ENVELOPE: ReadonlySet<string> = new Set([
  '@id',
  '@type',
  '@context',
  'target',
  'assigner',
  'assignee',
  'timestamp',
]);

/**
 * True when two policies say the same: however their terms are spelled, single values are listed and literals are
 * wrapped. The order of rules and constraints counts, as peers count it. What ties a policy to an offer, its parties or a
 * time is left to the caller.
 */
export function samePolicy(a: OdrlPolicy, b: OdrlPolicy): boolean {
  return policyKey(a) === policyKey(b);
}

/** One text for all spellings of a policy. */
export function policyKey(policy: OdrlPolicy): string {
  return canonicalJson(Object.fromEntries(plainMembers(policy as object, ENVELOPE)));
}

function plainMembers(value: object, dropped: ReadonlySet<string>): (readonly [string, JsonValue])[] {
  return Object.entries(value)
    .filter(([name, member]) => !dropped.has(name) && !(Array.isArray(member) && member.length === 0))
    .map(([name, member]) => [name, plainMember(name, member)] as const);
}

function plainMember(name: string, member: unknown): JsonValue {
  if (LISTS.has(name)) return (Array.isArray(member) ? member : [member]).map((each) => plain(each));
  const value = name === 'rightOperand' ? unfolded(member) : plain(member);
  return TERMS.has(name) && typeof value === 'string' ? termOf(value) : value;
}

function plain(value: unknown): JsonValue {
  if (Array.isArray(value)) return value.length === 1 ? plain(value[0]) : value.map(plain);
  if (typeof value !== 'object' || value === null) return value as JsonValue;
  const members = value as { readonly '@value'?: unknown; readonly '@id'?: unknown };
  const wrapped = members['@value'] ?? (Object.keys(value).length === 1 ? members['@id'] : undefined);
  return wrapped === undefined ? Object.fromEntries(plainMembers(value, new Set(['@type']))) : plain(wrapped);
}

/** Some connectors hand a list on as a text that holds its JSON. */
function unfolded(value: unknown): JsonValue {
  if (typeof value === 'string' && value.trimStart().startsWith('[')) {
    try {
      return plain(JSON.parse(value));
    } catch {
      return value;
    }
  }
  return plain(value);
}
