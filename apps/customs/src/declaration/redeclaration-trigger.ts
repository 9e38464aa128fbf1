import type { Facts, Finding } from '@hetao/rules';
import type { DeclarationForm } from './form.js';

/** The changes after which what was decided covers the transfer no longer (SAM 14, SCM 8). */
export const redeclarationTriggers = [
  'purpose',
  'manner',
  'scope',
  'type',
  'volume',
  'recipient',
  'recipient_use',
  'retention',
  'law',
  'pathway',
] as const;
export type TriggerId = (typeof redeclarationTriggers)[number];

export interface Trigger {
  readonly id: TriggerId;
  /** JSON Pointer to what changed. */
  readonly pointer: string;
  readonly before: string;
  readonly after: string;
  /** Ids of citations of the rule set. */
  readonly cite: readonly string[];
}
interface Compared {
  readonly form: DeclarationForm;
  readonly facts: Facts;
  readonly finding: Finding;
}

/** Facts whose change is a change of the transfer, by what it changes. */
const FACTS: readonly (readonly [key: string, trigger: TriggerId])[] = [
  ['tx.purpose', 'purpose'],
  ['tx.mode', 'manner'],
  ['tx.raw_visible', 'manner'],
  ['tx.destination', 'recipient'],
  ['rcp.foreign_party', 'recipient_use'],
  ['rcp.listed_42', 'recipient_use'],
  ['tx.onward_outside_gba', 'recipient_use'],
  ['d.pi', 'type'],
  ['d.sensitive', 'type'],
  ['d.under14', 'type'],
  ['d.important', 'type'],
  ['d.hgr', 'type'],
  ['d.health', 'type'],
];
const TAGS = ['personal', 'sensitive', 'health', 'gene', 'minor'] as const;

/**
 * Compares what was decided with what would be done now. Less of the same needs nothing: fewer fields, fewer persons,
 * a shorter time abroad. Empty when the decision still covers it.
 */
export function triggersBetween(decided: Compared, now: Compared): readonly Trigger[] {
  const cite = citesOf(decided.finding);
  const found = [
    ...factTriggers(decided, now),
    ...fieldTriggers(decided.form, now.form),
    ...volumeTriggers(decided.form, now.form),
    ...placeTriggers(decided.form, now.form),
    ...lawTriggers(decided, now),
  ];
  return found.map((trigger) => ({ ...trigger, cite }));
}

type Uncited = Omit<Trigger, 'cite'>;

function factTriggers(decided: Compared, now: Compared): Uncited[] {
  return FACTS.flatMap(([key, id]) => differing(id, `/facts/${key}`, decided.facts[key], now.facts[key]));
}

function fieldTriggers(decided: DeclarationForm, now: DeclarationForm): Uncited[] {
  const known = new Map(decided.fields.map((field) => [field.name, field]));
  return now.fields.flatMap((field, at): Uncited[] => {
    const before = known.get(field.name);
    const pointer = `/form/fields/${at}`;
    if (before === undefined) return [{ id: 'scope', pointer, before: '–', after: field.name }];
    return TAGS.filter((tag) => field[tag] && !before[tag]).map((tag) => ({
      id: 'type',
      pointer: `${pointer}/${tag}`,
      before: 'false',
      after: 'true',
    }));
  });
}

function volumeTriggers(decided: DeclarationForm, now: DeclarationForm): Uncited[] {
  return (['general', 'sensitive'] as const)
    .filter((category) => now.persons[category] > decided.persons[category])
    .map((category) => ({
      id: 'volume',
      pointer: `/form/persons/${category}`,
      before: String(decided.persons[category]),
      after: String(now.persons[category]),
    }));
}

function placeTriggers(decided: DeclarationForm, now: DeclarationForm): Uncited[] {
  const longer = (now.retentionDays ?? Infinity) > (decided.retentionDays ?? Infinity);
  return [
    ...differing('recipient', '/form/recipient_id', decided.recipientId, now.recipientId),
    ...differing('recipient', '/form/recipient_place', decided.recipientPlace, now.recipientPlace),
    ...differing('recipient_use', '/form/recipient_control', decided.recipientControl, now.recipientControl),
    ...differing('recipient_use', '/form/onward_transfers', decided.onwardTransfers, now.onwardTransfers),
    ...differing('retention', '/form/storage_place', decided.storagePlace, now.storagePlace),
    ...(longer ? differing('retention', '/form/retention_days', decided.retentionDays, now.retentionDays) : []),
  ];
}

function lawTriggers(decided: Compared, now: Compared): Uncited[] {
  const law = [decided, now].map(({ form }) => form.assessment?.recipientLaw ?? null);
  return [
    ...differing('law', '/form/assessment/recipient_law', law[0], law[1]),
    ...differing('pathway', '/finding/pathway', decided.finding.pathway, now.finding.pathway),
  ];
}

function differing(id: TriggerId, pointer: string, before: unknown, after: unknown): Uncited[] {
  const [was, is] = [shown(before), shown(after)];
  return was === is ? [] : [{ id, pointer, before: was, after: is }];
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function citesOf({ pathway }: Finding): readonly string[] {
  if (pathway === 'SECURITY_ASSESSMENT') return ['SAM-14', 'NDSMR-38'];
  if (pathway === 'SC_OR_CERT') return ['SCM-8', 'NDSMR-38'];
  return [];
}
