import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Corrections that keep what they correct, what closed months were stated as, signed statements, budgets and alerts. */
export class CorrectAndProve1763891000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...corrections, ...periods, ...statements, ...budgets]) await runner.query(statement);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Migrations only go forward.'));
  }
}

const corrections = [
  `CREATE TABLE usage_corrections (
     correction_id text PRIMARY KEY,
     agreement_id text NOT NULL,
     kind text NOT NULL CHECK (kind IN ('void', 'replace', 'batch', 'late', 'revert')),
     state text NOT NULL CHECK (state IN ('proposed', 'applied', 'rejected', 'reverted')),
     reason text NOT NULL,
     items jsonb NOT NULL,
     preview jsonb NOT NULL,
     reverts_id text REFERENCES usage_corrections (correction_id),
     proposed_by text NOT NULL,
     proposed_at timestamptz NOT NULL,
     decided_by text,
     decided_at timestamptz,
     decision_reason text,
     -- Four eyes: whoever proposed does not decide. The exchange's own late adjustments have neither.
     CHECK (decided_by IS NULL OR decided_by <> proposed_by OR kind = 'late')
   )`,
  'CREATE INDEX usage_corrections_of_agreement ON usage_corrections (agreement_id, correction_id)',
  `CREATE UNIQUE INDEX usage_corrections_revert_once ON usage_corrections (reverts_id)
    WHERE reverts_id IS NOT NULL AND state IN ('proposed', 'applied')`,
  // What an event was corrected to. The event itself is never touched: revision 0 is what usage_events holds.
  `CREATE TABLE usage_revisions (
     source_no integer NOT NULL,
     event_id text COLLATE "C" NOT NULL,
     revision integer NOT NULL CHECK (revision > 0),
     correction_id text NOT NULL REFERENCES usage_corrections (correction_id),
     batch_no bigint NOT NULL,
     agreement_no integer NOT NULL,
     event_time timestamptz NOT NULL,
     data json NOT NULL,
     is_void boolean NOT NULL,
     is_current boolean NOT NULL,
     PRIMARY KEY (source_no, event_id, revision)
   )`,
  `CREATE UNIQUE INDEX usage_revisions_current ON usage_revisions (source_no, event_id) WHERE is_current`,
  'CREATE INDEX usage_revisions_of_correction ON usage_revisions (correction_id)',
  'CREATE INDEX usage_revisions_by_time ON usage_revisions (agreement_no, event_time) WHERE is_current',
  // What counts: events of the billed side as they stand after every correction.
  `CREATE VIEW usage_live AS
   SELECT r.batch_no, r.event_time, r.source_no, r.agreement_no, r.event_id, r.data, r.agreement_id, r.sender_id,
          r.source, r.side, 0 AS revision
     FROM usage_records r JOIN usage_agreements a USING (agreement_no)
    WHERE r.side = a.record_side
      AND NOT EXISTS (SELECT FROM usage_revisions v
                       WHERE v.source_no = r.source_no AND v.event_id = r.event_id AND v.is_current)
   UNION ALL
   SELECT v.batch_no, v.event_time, v.source_no, v.agreement_no, v.event_id, v.data, a.agreement_id, s.sender_id,
          s.source, s.side, v.revision
     FROM usage_revisions v JOIN usage_agreements a USING (agreement_no) JOIN usage_sources s USING (source_no)
    WHERE v.is_current AND NOT v.is_void`,
];

const periods = [
  // What a closed month was stated as: revision 0 when it was closed, then one an adjustment.
  `CREATE TABLE usage_period_totals (
     period text NOT NULL,
     agreement_id text NOT NULL,
     revision integer NOT NULL CHECK (revision >= 0),
     totals jsonb NOT NULL,
     PRIMARY KEY (period, agreement_id, revision)
   )`,
  `CREATE TABLE usage_adjustments (
     adjustment_id text PRIMARY KEY,
     correction_id text NOT NULL REFERENCES usage_corrections (correction_id),
     agreement_id text NOT NULL,
     original_period text NOT NULL,
     adjustment_period text NOT NULL,
     before jsonb NOT NULL,
     after jsonb NOT NULL,
     net_effect_minor bigint,
     currency text,
     applied_at timestamptz NOT NULL
   )`,
  'CREATE INDEX usage_adjustments_of_period ON usage_adjustments (adjustment_period, agreement_id)',
  'CREATE INDEX usage_adjustments_of_agreement ON usage_adjustments (agreement_id, adjustment_id)',
  // Agreements with usage that came after its month was closed; turned into one adjustment a month when the next closes.
  `CREATE TABLE late_usage (
     period text NOT NULL,
     agreement_id text NOT NULL,
     PRIMARY KEY (period, agreement_id)
   )`,
];

const statements = [
  `CREATE TABLE usage_statements (
     statement_id text PRIMARY KEY,
     agreement_id text NOT NULL,
     window_start timestamptz NOT NULL,
     window_end timestamptz NOT NULL CHECK (window_end > window_start),
     events bigint NOT NULL,
     root_hash text NOT NULL,
     statement json NOT NULL,
     signature text NOT NULL,
     -- 32 bytes a leaf, in the order of the tree: what was proven stays provable when events are corrected later.
     leaves bytea NOT NULL CHECK (length(leaves) = events * 32),
     is_current boolean NOT NULL,
     signed_at timestamptz NOT NULL
   )`,
  'CREATE INDEX usage_statements_of_agreement ON usage_statements (agreement_id, statement_id)',
  `CREATE UNIQUE INDEX usage_statements_current ON usage_statements (agreement_id, window_start, window_end)
    WHERE is_current`,
];

const budgets = [
  `CREATE TABLE usage_budgets (
     budget_id text PRIMARY KEY,
     agreement_id text NOT NULL,
     scope text NOT NULL CHECK (scope IN ('agreement', 'key', 'project')),
     scope_value text CHECK ((scope_value IS NULL) = (scope = 'agreement')),
     meter text NOT NULL,
     strength text NOT NULL CHECK (strength IN ('hard', 'soft')),
     quantity_limit numeric NOT NULL CHECK (quantity_limit > 0),
     cadence text NOT NULL CHECK (cadence IN ('day', 'month')),
     time_zone text NOT NULL,
     thresholds integer[] NOT NULL,
     created_by text NOT NULL,
     created_at timestamptz NOT NULL,
     ended_at timestamptz
   )`,
  'CREATE INDEX usage_budgets_of_agreement ON usage_budgets (agreement_id, budget_id)',
  `CREATE TABLE usage_budget_uses (
     budget_id text NOT NULL REFERENCES usage_budgets (budget_id),
     period_start timestamptz NOT NULL,
     period_end timestamptz NOT NULL,
     used numeric NOT NULL DEFAULT 0,
     alerted_percent integer NOT NULL DEFAULT 0,
     is_forecast_alerted boolean NOT NULL DEFAULT false,
     PRIMARY KEY (budget_id, period_start)
   ) WITH (fillfactor = 70)`,
  `CREATE TABLE usage_alerts (
     alert_id text PRIMARY KEY,
     budget_id text NOT NULL REFERENCES usage_budgets (budget_id),
     agreement_id text NOT NULL,
     cause text NOT NULL CHECK (cause IN ('threshold', 'reached', 'forecast')),
     percent integer NOT NULL,
     quantity_limit numeric NOT NULL,
     used numeric NOT NULL,
     period_start timestamptz NOT NULL,
     period_end timestamptz NOT NULL,
     alerted_at timestamptz NOT NULL
   )`,
  'CREATE INDEX usage_alerts_of_agreement ON usage_alerts (agreement_id, alert_id)',
];
