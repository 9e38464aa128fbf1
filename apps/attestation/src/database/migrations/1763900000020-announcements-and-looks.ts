import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which entries are announced when they are sealed, what looking at the other node came to, and alarms that stay. */
export class AnnouncementsAndLooks1763900000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const STATEMENTS = [
  'ALTER TABLE log_entries ADD COLUMN announced boolean NOT NULL DEFAULT false',
  // One row a peer, overwritten at every look: what was believed is in peer_checkpoints and stays.
  `CREATE TABLE peer_looks (
    origin text PRIMARY KEY,
    looked_at timestamptz NOT NULL,
    answered_at timestamptz,
    shown_size bigint,
    failure text,
    failing_since timestamptz,
    CHECK ((failure IS NULL) = (failing_since IS NULL))
  )`,
  // An alarm is evidence: it can be noted as seen, once, and nothing else of it ever changes.
  `CREATE TRIGGER node_alarms_never_shrink BEFORE DELETE OR TRUNCATE ON node_alarms
   FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_log()`,
  `CREATE TRIGGER node_alarms_stay BEFORE UPDATE ON node_alarms FOR EACH ROW
   WHEN (OLD.acknowledged_at IS NOT NULL OR (NEW.id, NEW.origin, NEW.alarm, NEW.detail, NEW.evidence, NEW.raised_at)
     IS DISTINCT FROM (OLD.id, OLD.origin, OLD.alarm, OLD.detail, OLD.evidence, OLD.raised_at))
   EXECUTE FUNCTION refuse_rewriting_log()`,
];
