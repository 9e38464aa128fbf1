import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { RuleEngine, type RuleSet } from '@hetao/rules';
import { CLOCK } from '@hetao/runtime';
import { changeOf, type ComparedRow } from './rule-set-changes.queries.js';

const BATCH = 500;

interface Open {
  readonly id: string;
  readonly content: RuleSet;
  readonly afterId: string | null;
}

/**
 * Asks a newly published version about every declaration there is, and keeps what it says otherwise: the report "what
 * would change". Declarations stay as they were found. A batch a turn, and a stop in between loses nothing.
 */
@Injectable()
export class ReportRuleSet {
  readonly #uow: UnitOfWork;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#clock = clock;
  }

  /** @returns how many declarations were compared. */
  execute(): Promise<number> {
    return this.#uow.run(async (tx) => {
      const [open] = await tx.query<Open>(
        `SELECT rule_sets.id, content, after_id AS "afterId"
         FROM rule_sets LEFT JOIN rule_set_reports ON rule_set_id = rule_sets.id
         WHERE status = 'published' AND finished_at IS NULL ORDER BY published_at LIMIT 1`,
      );
      if (open === undefined) return 0;
      const rows = await tx.query<ComparedRow & { exporterId: string }>(
        `SELECT id, exporter_id AS "exporterId", status, facts, finding FROM declarations
         WHERE id > $1 ORDER BY id LIMIT $2`,
        [open.afterId ?? '', BATCH],
      );
      const changed = await keepChanges(tx, open, rows);
      await tx.execute(
        `INSERT INTO rule_set_reports (rule_set_id, compared, changed, after_id, finished_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (rule_set_id) DO UPDATE
           SET compared = rule_set_reports.compared + excluded.compared,
             changed = rule_set_reports.changed + excluded.changed, after_id = excluded.after_id,
             finished_at = excluded.finished_at`,
        [
          ...[open.id, rows.length, changed, rows.at(-1)?.id ?? open.afterId ?? ''],
          rows.length < BATCH ? this.#clock.now() : null,
        ],
      );
      return rows.length;
    });
  }
}

async function keepChanges(
  tx: Tx,
  { id, content }: Open,
  rows: readonly (ComparedRow & { readonly exporterId: string })[],
): Promise<number> {
  const engine = new RuleEngine(content);
  const changes = rows.flatMap((row) => {
    const change = changeOf(engine, row);
    return change === null ? [] : [{ exporterId: row.exporterId, change }];
  });
  await tx.execute(
    `INSERT INTO rule_set_changes (rule_set_id, declaration_id, exporter_id, change)
     SELECT $1, entry->'change'->>'declaration_id', entry->>'exporterId', entry->'change'
     FROM jsonb_array_elements($2::jsonb) AS entry ON CONFLICT DO NOTHING`,
    [id, JSON.stringify(changes)],
  );
  return changes.length;
}
