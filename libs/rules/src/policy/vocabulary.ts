import type { Comparable, ValueKind } from './values.js';

/** Facts of one use, or of one somebody means to make. What is left out is not known, and grants nothing. */
export interface PolicyUse {
  /** What is done: a term of ODRL such as `use`, `distribute`, `derive`. */
  readonly action: string;
  readonly at: Date;
  readonly purpose?: string | undefined;
  /** ISO 3166-1 or -2 code of where it is done. */
  readonly place?: string | undefined;
  /** Participant id of whoever gets the data. */
  readonly recipient?: string | undefined;
  /** Which use this is, counted from 1. */
  readonly count?: number | undefined;
  readonly agreedAt?: Date | undefined;
  /** When the data came in: from then on duties run. Left out: nothing has come yet. */
  readonly receivedAt?: Date | undefined;
  /** Actions of duties that are done. */
  readonly fulfilled?: readonly string[] | undefined;
}

/** Why a use is refused; null when it is permitted. */
export type Refusal = 'forbidden' | 'duty' | 'not_granted' | null;

export type OperandName = 'purpose' | 'spatial' | 'recipient' | 'dateTime' | 'elapsedTime' | 'count';

/** A left operand this exchange can check. */
export interface Operand {
  readonly name: OperandName;
  readonly kind: ValueKind;
  /** The fact it is compared with; undefined when nobody said. */
  fact(use: PolicyUse): Comparable | string | undefined;
}

const sinceMs = (from: Date | undefined, to: Date): number | undefined =>
  from === undefined ? undefined : to.getTime() - from.getTime();

/** Left operands of the ODRL 2.2 common vocabulary that can be checked here; any other denies. */
export const operands: ReadonlyMap<string, Operand> = new Map(
  (
    [
      { name: 'purpose', kind: 'name', fact: ({ purpose }) => purpose },
      { name: 'spatial', kind: 'place', fact: ({ place }) => place },
      { name: 'recipient', kind: 'name', fact: ({ recipient }) => recipient },
      { name: 'dateTime', kind: 'instant', fact: ({ at }) => at.getTime() },
      { name: 'elapsedTime', kind: 'span', fact: ({ agreedAt, at }) => sinceMs(agreedAt, at) },
      { name: 'count', kind: 'count', fact: ({ count }) => count },
    ] satisfies readonly Operand[]
  ).map((operand) => [operand.name, operand]),
);

/** Operators that compare a value with one value, or with a list, for the kinds of values they make sense of. */
const ORDERED: readonly ValueKind[] = ['instant', 'span', 'count'];
const NAMED: readonly ValueKind[] = ['name', 'place'];
export type OperatorName = 'eq' | 'neq' | 'gt' | 'gteq' | 'lt' | 'lteq' | 'isAnyOf' | 'isNoneOf' | 'isPartOf';
export const operators: Readonly<
  Record<OperatorName, { readonly kinds: readonly ValueKind[]; readonly list: boolean }>
> = {
  eq: { kinds: [...NAMED, ...ORDERED], list: false },
  neq: { kinds: [...NAMED, ...ORDERED], list: false },
  gt: { kinds: ORDERED, list: false },
  gteq: { kinds: ORDERED, list: false },
  lt: { kinds: ORDERED, list: false },
  lteq: { kinds: ORDERED, list: false },
  isAnyOf: { kinds: NAMED, list: true },
  isNoneOf: { kinds: NAMED, list: true },
  isPartOf: { kinds: ['place'], list: false },
};

/** Narrows a term to an operator that can be checked here. */
export function isOperator(term: string): term is OperatorName {
  return Object.hasOwn(operators, term);
}

/** Actions of the ODRL 2.2 vocabulary, each with the one it is included in (3.9). */
const INCLUDED_IN: Readonly<Record<string, string | null>> = {
  use: null,
  transfer: null,
  sell: 'transfer',
  give: 'transfer',
  ...Object.fromEntries(
    [
      ...[
        'aggregate',
        'annotate',
        'anonymize',
        'archive',
        'attribute',
        'compensate',
        'concurrentUse',
        'delete',
        'derive',
      ],
      ...[
        'digitize',
        'distribute',
        'ensureExclusivity',
        'execute',
        'grantUse',
        'include',
        'index',
        'inform',
        'install',
      ],
      ...['modify', 'move', 'nextPolicy', 'obtainConsent', 'play', 'present', 'read', 'reproduce', 'reviewPolicy'],
      ...[
        'stream',
        'synchronize',
        'textToSpeech',
        'transform',
        'translate',
        'uninstall',
        'watermark',
        'acceptTracking',
      ],
    ].map((action) => [action, 'use']),
  ),
  display: 'play',
  print: 'present',
  extract: 'reproduce',
};

/** True for an action of ODRL. */
export function isAction(term: string): boolean {
  return Object.hasOwn(INCLUDED_IN, term);
}

/** True when doing the one is doing the other as well: to sell is to transfer. */
export function isIncluded(action: string, wider: string): boolean {
  let each: string | null | undefined = action;
  while (each !== null && each !== undefined) {
    if (each === wider) return true;
    each = INCLUDED_IN[each];
  }
  return false;
}

/** Actions a duty can ask for and the buyer can be seen, or say, to have done. */
export const dutyActions: ReadonlySet<string> = new Set([
  ...[
    'delete',
    'attribute',
    'inform',
    'compensate',
    'obtainConsent',
    'anonymize',
    'archive',
    'reviewPolicy',
    'watermark',
  ],
]);
