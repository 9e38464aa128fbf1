import { schemaChanges, type SchemaChange } from '../review/schema-diff.js';
import type { Product } from './product.js';

const DAY_MS = 86_400_000;

/** What the next version brings, and how many ms after its approval it may come. */
export interface VersionPlan {
  readonly changes: readonly SchemaChange[];
  readonly breaking: boolean;
  readonly noticeMs: number;
}

/** A change that breaks programs waits as long as the present version promised its buyers; any other comes at once. */
export function planVersion(base: Product, next: Product): VersionPlan {
  const changes = schemaChanges(base.fields, next.fields);
  const breaking = base.kind !== next.kind || changes.some((change) => change.breaking);
  return { changes, breaking, noticeMs: breaking ? (base.card?.noticeDays ?? 0) * DAY_MS : 0 };
}
