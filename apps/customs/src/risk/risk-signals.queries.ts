import { yearLimits, type RuleEngine, type SplittingRule } from '@hetao/rules';
import { suspicionsOf, type Query } from '../counter/declared-parts.js';
import { readTotals } from '../counter/counter.repository.js';
import type { Declaration } from '../declaration/declaration.js';
import type { RiskSignals } from './risk.js';

/** Facts about the exporter, and about one recipient, that do not change from one declaration to the next by themselves. */
const EXPORTER_FACTS = ['exp.ciio', 'exp.foreign_party', 'exp.gba'];
const RECIPIENT_FACTS = ['rcp.gba', 'rcp.listed_42', 'rcp.foreign_party'];

/** Reads what the exchange knows about a declaration beside what it says itself. */
export async function readSignals(
  query: Query,
  { id, exporterId, year, form, facts, finding, predecessor }: Declaration,
  rules: { readonly engine: RuleEngine; readonly splitting: readonly SplittingRule[] },
): Promise<RiskSignals> {
  const recipient = form.recipientId;
  const [history] = await query<{ released: boolean; returned: number }>(
    `SELECT EXISTS (SELECT 1 FROM releases JOIN declarations ON declarations.id = releases.declaration_id
         WHERE releases.exporter_id = $1 AND declarations.form->>'recipientId' = $2) AS released,
       (SELECT count(*)::int FROM declaration_history WHERE declaration_id = $3 AND command = 'return') AS returned`,
    [exporterId, recipient, id],
  );
  const contradictions = await query<{ fact: string; declarationId: string }>(
    `SELECT DISTINCT ON (key) key AS fact, other.id AS "declarationId"
     FROM unnest($4::text[] || $5::text[]) AS key, declarations AS other
     WHERE other.exporter_id = $1 AND NOT other.id = ANY ($2) AND other.status NOT IN ('draft', 'decided_refused')
       AND (key = ANY ($4) OR other.form->>'recipientId' = $3)
       AND jsonb_typeof(other.facts->key) <> 'null' AND jsonb_typeof($6::jsonb->key) <> 'null'
       AND other.facts->key <> $6::jsonb->key
     ORDER BY key, other.id DESC`,
    // What was declared anew is expected to differ from what it replaces.
    [exporterId, [id, predecessor?.id ?? id], recipient, EXPORTER_FACTS, RECIPIENT_FACTS, JSON.stringify(facts)],
  );
  const suspicions = await suspicionsOf(query, { exporterId, year }, rules.splitting);
  const totals = await readTotals(query, exporterId, year);
  const limits = yearLimits(rules.engine, facts);
  const shares = (['general', 'sensitive'] as const).flatMap((category) => {
    const limit = limits[category];
    const stated = facts[`ytd.${category}`];
    const count = Math.max(totals[category].total, typeof stated === 'number' ? stated : 0);
    return limit === null ? [] : [Math.floor((count * 100) / limit)];
  });
  return {
    firstRecipient: history?.released !== true,
    percentOfLimit: shares.length === 0 ? null : Math.max(...shares),
    onward: form.onwardTransfers !== null,
    retentionDays: form.retentionDays,
    splitting: suspicions
      .filter(({ parts }) => parts.some(({ declarationId }) => declarationId === id))
      .map(({ rule, category, threshold, persons }) => `${rule}: ${persons} persons (${category}) of ${threshold}`),
    contradictions,
    needsPerson: finding.needsPerson,
    timesReturned: history?.returned ?? 0,
  };
}
