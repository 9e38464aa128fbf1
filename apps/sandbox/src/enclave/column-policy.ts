/** What a column may be used for; the strictest of an expression's columns decides for the whole of it. */
export const columnUses = [
  'plain',
  'after_group_by',
  'after_aggregate',
  'after_compare',
  'filter_only',
  'join_key_only',
  'never',
] as const;
export type ColumnUse = (typeof columnUses)[number];

/** Where in a query a column stands. `compare`: inside a comparison whose outcome becomes a group. */
export type UsePlace = 'group' | 'aggregate' | 'compare' | 'filter' | 'join';

export const columnTypes = ['integer', 'decimal', 'text', 'date', 'boolean'] as const;
export type ColumnType = (typeof columnTypes)[number];

/** How a value is coarsened before anybody's query sees it. */
export const generalisations = ['month', 'year', 'five_year_band', 'first_segment'] as const;
export type Generalisation = (typeof generalisations)[number];

/** One column of a dataset, and what may be done with it. */
export interface ColumnRule {
  readonly name: string;
  readonly type: ColumnType;
  readonly use: ColumnUse;
  readonly sensitive: boolean;
  readonly generalise: Generalisation | null;
}

/** A table whose every row belongs to one patient. */
export interface GovernedTable {
  readonly name: string;
  /** Names the patient in this table; joins and distinct counts go by it. */
  readonly patientKey: string;
  /** Bounds what one patient contributes. */
  readonly maxRowsPerPatient: number;
  readonly columns: readonly ColumnRule[];
}

const PLACES: Readonly<Record<ColumnUse, readonly UsePlace[]>> = {
  plain: ['group', 'aggregate', 'compare', 'filter'],
  after_group_by: ['group', 'compare', 'filter'],
  after_aggregate: ['aggregate'],
  after_compare: ['compare', 'filter'],
  filter_only: ['filter'],
  join_key_only: ['join'],
  never: [],
};

/** Whether a column may stand there. A column without a rule may stand nowhere. */
export function mayStand(rule: ColumnRule | undefined, place: UsePlace): boolean {
  return rule !== undefined && PLACES[rule.use].includes(place);
}

const FREE_TEXT = /(^|_)(name|note|notes|text|address|phone|email|comment|narrative)$/;
const IDENTIFIER = /(^|_)(id|identifier|mrn|id_card|passport)$/;

/** The rule a column gets where its custodian gave none: identifiers join, free text never leaves, dates are months. */
export function defaultRule(name: string, type: ColumnType): ColumnRule {
  const rule = { name, type, sensitive: false, generalise: null };
  if (IDENTIFIER.test(name)) return { ...rule, use: 'join_key_only', sensitive: true };
  if (FREE_TEXT.test(name)) return { ...rule, use: 'never', sensitive: true };
  if (type === 'date') return { ...rule, use: 'after_group_by', generalise: 'month' };
  if (type === 'integer' || type === 'decimal') return { ...rule, use: 'plain' };
  return { ...rule, use: 'after_group_by' };
}

/**
 * What keeps a table's rules from being safe, in words; empty when nothing does. Identifiers and free text are never
 * shown, and dates never finer than a month (section 7 of the disclosure rules), whatever a custodian wishes.
 */
export function policyFaults(table: GovernedTable): readonly string[] {
  const faults = table.columns.flatMap((column) => columnFaults(table, column));
  const key = table.columns.find(({ name }) => name === table.patientKey);
  return key === undefined ? [`${table.name}: the patient key ${table.patientKey} is no column`, ...faults] : faults;
}

function columnFaults(table: GovernedTable, { name, type, use, generalise }: ColumnRule): readonly string[] {
  const where = `${table.name}.${name}`;
  const hidden = use === 'join_key_only' || use === 'never';
  if ((name === table.patientKey || IDENTIFIER.test(name)) && !hidden) return [`${where}: an identifier only joins`];
  if (FREE_TEXT.test(name) && use !== 'never') return [`${where}: free text is never used`];
  if (type === 'date' && !hidden && generalise !== 'month' && generalise !== 'year') {
    return [`${where}: a date is coarsened to its month or year`];
  }
  return [];
}
