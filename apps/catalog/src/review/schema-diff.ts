import type { DataField } from '../product/data-description.js';

/** One change of a column from one version to the next. */
export interface SchemaChange {
  readonly column: string;
  readonly change: 'added' | 'removed' | 'type' | 'unit' | 'nullable' | 'tags';
  readonly before: string | null;
  readonly after: string | null;
  /** Whether a program written for the version before can fail on this one. */
  readonly breaking: boolean;
}

const TAGS = ['personal', 'sensitive', 'importantData', 'health', 'gene', 'minor'] as const;

/** What a buyer's program meets in the next version, column by column. A renamed column is one removed and one added. */
export function schemaChanges(before: readonly DataField[], after: readonly DataField[]): readonly SchemaChange[] {
  const known = new Map(before.map((field) => [field.name, field]));
  const kept = new Set(after.map(({ name }) => name));
  const removed = before
    .filter(({ name }) => !kept.has(name))
    .map(({ name, type }) => ({ column: name, change: 'removed' as const, before: type, after: null, breaking: true }));
  return [...removed, ...after.flatMap((field) => columnChanges(known.get(field.name), field))];
}

function columnChanges(before: DataField | undefined, after: DataField): SchemaChange[] {
  const column = after.name;
  if (before === undefined) {
    return [{ column, change: 'added', before: null, after: after.type, breaking: false }];
  }
  const changes: SchemaChange[] = [];
  const compare = (change: SchemaChange['change'], left: string | null, right: string | null, breaking: boolean) => {
    if (left !== right) changes.push({ column, change, before: left, after: right, breaking });
  };
  // A type nobody had named before is a word more about the same column.
  compare('type', before.type, after.type, before.type !== null);
  compare('unit', before.unit, after.unit, before.unit !== null);
  compare('nullable', nullability(before), nullability(after), after.nullable === true);
  // Tags change what the law asks, not what a program reads.
  compare('tags', tags(before), tags(after), false);
  return changes;
}

function nullability({ nullable }: DataField): string | null {
  if (nullable === null) return null;
  return nullable ? 'may be absent' : 'always present';
}

function tags(field: DataField): string {
  return TAGS.filter((tag) => field[tag]).join(', ');
}
