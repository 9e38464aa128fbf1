import {
  findSplitting,
  volumeThresholds,
  type DeclaredPart,
  type SplittingRule,
  type SplittingSuspicion,
} from '@hetao/rules';
import { personCategories, type PersonCategory } from './person-category.js';

/** Asks any connection, or the open transaction. */
export type Query = <R>(sql: string, params: unknown[]) => Promise<R[]>;
export type Suspicion = SplittingSuspicion & { readonly category: PersonCategory };

const MAX_DECLARATIONS = 5_000;

/**
 * Whether an exporter's transfers of a year, or those of exporters he is related to, look like one cut into parts.
 * Refused and revoked declarations moved nothing, or no longer do; drafts may yet be thrown away; one that was extended
 * or declared anew is the same transfer as its successor.
 */
export async function suspicionsOf(
  query: Query,
  owner: { readonly exporterId: string; readonly year: number },
  rules: readonly SplittingRule[],
): Promise<readonly Suspicion[]> {
  const related = await query<{ exporterId: string; groupId: string }>(
    `SELECT exporter_id AS "exporterId", group_id AS "groupId" FROM related_exporters
     WHERE group_id = (SELECT group_id FROM related_exporters WHERE exporter_id = $1)`,
    [owner.exporterId],
  );
  const groups = new Map(related.map(({ exporterId, groupId }) => [exporterId, groupId]));
  const rows = await query<Omit<DeclaredPart, 'persons'> & Record<PersonCategory, number>>(
    `SELECT id AS "declarationId", exporter_id AS "exporterId", form->>'recipientId' AS "recipientId",
       coalesce(facts->>'tx.purpose', '') AS purpose, form->>'productId' AS "productId",
       ARRAY(SELECT field->>'name' FROM jsonb_array_elements(form->'fields') AS field) AS fields,
       to_char(created_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS "on",
       (form->'persons'->>'general')::int AS general, (form->'persons'->>'sensitive')::int AS sensitive
     FROM declarations WHERE exporter_id = ANY ($1) AND year = $2
       AND status NOT IN ('draft', 'decided_refused', 'revoked')
       AND NOT EXISTS (SELECT 1 FROM declarations AS later WHERE later.predecessor->>'id' = declarations.id
         AND later.status NOT IN ('draft', 'decided_refused', 'revoked')) ORDER BY id LIMIT $3`,
    [[owner.exporterId, ...groups.keys()], owner.year, MAX_DECLARATIONS],
  );
  return personCategories.flatMap((category) =>
    findSplitting(
      rows.map(({ general, sensitive, ...part }) => ({ ...part, persons: { general, sensitive }[category] })),
      rules,
      volumeThresholds[category],
      (exporterId) => groups.get(exporterId) ?? null,
    ).map((found) => ({ ...found, category })),
  );
}
