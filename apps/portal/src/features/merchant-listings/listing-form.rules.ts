import type { Product, ProductRevision } from '@hetao/client';

/** How something in a listing is written. */
export type FieldKind =
  | 'line'
  | 'text'
  | 'date'
  | 'flag'
  | 'words'
  | 'localized'
  | 'localizedText'
  | { readonly choice: string; readonly of: readonly string[] }
  | { readonly choices: string; readonly of: readonly string[] }
  | { readonly list: readonly Field[] };

/** One thing a listing says, under its path in the object that API, wizard and listing.yaml share. */
export interface Field {
  readonly path: readonly string[];
  readonly kind: FieldKind;
  /** Within a row of a list: may not be empty. */
  readonly required?: boolean;
}

const PLACES = ['CN', 'HK', 'MO', 'SG', 'MY', 'VN', 'GB', 'US'];
const field = (path: string, kind: FieldKind = 'line', required = false): Field => ({
  path: path.split('.'),
  kind,
  required,
});

const COLUMN: readonly Field[] = [
  field('name', 'line', true),
  field('meaning', 'line', true),
  field('type', { choice: 'type', of: 'boolean integer decimal text date time instant binary json'.split(' ') }),
  field('unit'),
  field('personal', 'flag'),
  field('sensitive', 'flag'),
  field('important_data', 'flag'),
  field('export_reason'),
];
const DIMENSIONS = 'normativity completeness accuracy consistency timeliness accessibility'.split(' ');
const PAPERS =
  'legal_opinion compliance_assessment quality_report security_assessment ethics_approval impact_assessment hgr_approval other';
const BASES = 'consent separate_consent contract legal_duty public_health news disclosed other_law'.split(' ');

/** What each step of the wizard asks. */
export const steps = {
  basics: [
    field('name', 'localized', true),
    field('card.summary', 'localized'),
    field('description', 'localizedText', true),
    field('kind', { choice: 'kind', of: ['dataset', 'api', 'report', 'tool', 'model', 'compute'] }, true),
    field('languages', 'words'),
    field('card.industry', { choice: 'industry', of: [...'ABCDEFGHIJKLMNOPQRST'] }),
    field('card.keywords', 'words'),
  ],
  data: [
    field('stored_in', { choice: 'place', of: PLACES }, true),
    field('subjects_in', { choices: 'place', of: PLACES }),
    field('card.delivery', { choices: 'delivery', of: ['api', 'file', 'stream', 'compute'] }),
    field('card.coverage.from', 'date'),
    field('card.coverage.to', 'date'),
    field('card.coverage.granularity'),
    field('card.coverage.areas', 'words'),
    field('card.coverage.accessible_from', { choices: 'place', of: PLACES }),
    field('card.refresh.every'),
    field('fields', { list: COLUMN }),
  ],
  quality: [
    field('card.quality', {
      list: [
        field('dimension', { choice: 'dimension', of: DIMENSIONS }, true),
        field('score', 'line', true),
        field('method', 'line', true),
        field('assessor', 'line', true),
        field('assessed_on', 'date', true),
      ],
    }),
  ],
  rights: [
    field('card.provenance.source', { choice: 'source', of: ['collected', 'contract', 'public', 'derived'] }),
    field('card.provenance.statement', 'text'),
    field('card.provenance.upstream', {
      list: [
        field('id', 'line', true),
        field('name', 'line', true),
        field('holder', 'line', true),
        field('licence', 'line', true),
        field('valid_until', 'date'),
      ],
    }),
    field('card.licence.title'),
    field('card.licence.may', 'words'),
    field('card.licence.may_not', 'words'),
    field('card.licence.must', 'words'),
  ],
  compliance: [
    field('card.legal.basis', { choice: 'basis', of: BASES }),
    field('card.legal.necessity', 'text'),
    field('card.legal.deidentification', 'text'),
    field('card.legal.export_policy', { choice: 'export_policy', of: ['allowed', 'conditional', 'forbidden'] }),
    field('card.legal.data_class', { choice: 'data_class', of: ['general', 'important', 'core'] }),
    field('card.documents', {
      list: [
        field('kind', { choice: 'document', of: PAPERS.split(' ') }, true),
        field('title', 'line', true),
        field('issuer', 'line', true),
        field('issued_on', 'date', true),
        field('sha256', 'line', true),
      ],
    }),
  ],
} as const satisfies Readonly<Record<string, readonly Field[]>>;

export type FormStep = keyof typeof steps;
export const formSteps = Object.keys(steps) as readonly FormStep[];

/** Where a field stands in the object, RFC 6901. */
export const pointerOf = ({ path }: Pick<Field, 'path'>): string => `/${path.join('/')}`;

/** What the wizard and the file both hold. */
export type Content = Pick<
  Product,
  'name' | 'description' | 'kind' | 'languages' | 'stored_in' | 'subjects_in' | 'fields' | 'card'
>;

/** What of a product its merchant says. */
export function contentOf(product: Product): Content {
  const { name, description, kind, languages, stored_in, subjects_in, fields, card } = product;
  return { name, description, kind, languages, stored_in, subjects_in, fields, card };
}

/** Whether nothing is said: no text, an empty list, or an object of nothing. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return value.trim() === '';
  if (typeof value !== 'object') return value === false;
  return Object.values(value).every(isEmpty);
}

/** The value at a path. */
export function valueAt(content: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined),
    content,
  );
}

/** How much of the listing is filled in, and the first thing that is not: the step and field to go to next. */
export function completeness(content: unknown): {
  readonly share: number;
  readonly next: { readonly step: FormStep; readonly field: Field } | undefined;
} {
  const all = formSteps.flatMap((step) => steps[step].map((one: Field) => ({ step, field: one })));
  const empty = all.filter(({ field: { path } }) => isEmpty(valueAt(content, path)));
  return { share: (all.length - empty.length) / all.length, next: empty[0] };
}

/** Text that was emptied is none; the exchange tells no text from empty text apart and refuses the latter. */
function tidied(value: unknown): unknown {
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  if (Array.isArray(value)) return value.map(tidied);
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, tidied(inner)]));
}

/** A section of the card of which nothing is said is no section. */
function section(value: unknown): unknown {
  return Array.isArray(value) || typeof value !== 'object' || !isEmpty(value) ? tidied(value) : null;
}

const same = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

function changedParts(before: object, after: object, write: (value: unknown) => unknown): Record<string, unknown> {
  const was = before as Record<string, unknown>;
  const parts = Object.entries(after).map(([name, value]): [string, unknown] => [name, write(value)]);
  return Object.fromEntries(parts.filter(([name, value]) => !same(value, write(was[name] ?? null))));
}

/** What a save sends: the parts that changed, of the card its sections that changed; undefined where none did. */
export function revisionOf(before: Content, after: Content): ProductRevision | undefined {
  const { card: cardBefore, ...restBefore } = before;
  const { card: cardAfter, ...restAfter } = after;
  const card = changedParts(cardBefore ?? {}, cardAfter ?? {}, section);
  const revision: ProductRevision = {
    ...changedParts(restBefore, restAfter, tidied),
    ...(Object.keys(card).length === 0 ? {} : { card }),
  };
  return Object.keys(revision).length === 0 ? undefined : revision;
}

/** Whether the merchant may still change it. */
export function isEditable(status: Product['status']): boolean {
  return status === 'draft' || status === 'returned';
}
