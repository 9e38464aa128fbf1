import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Answers are held against all that one buyer was told of an enclave; the questions of a day stay counted by agreement. */
export class LedgerByBuyer1764800000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const STATEMENTS = [
  'ALTER TABLE query_ledger ADD COLUMN project text',
  `UPDATE query_ledger l SET project = j.agreement_id, family = j.buyer_id || ' ' || j.enclave_id FROM jobs j WHERE j.id = l.job_id`,
  'ALTER TABLE query_ledger ALTER COLUMN project SET NOT NULL',
  // Two agreements may have been told of the same patients; one of those rows is enough.
  `DELETE FROM query_ledger_sets s USING query_ledger l, query_ledger_sets t, query_ledger m
    WHERE l.id = s.entry_id AND m.id = t.entry_id AND l.family = m.family AND s.set_hash = t.set_hash
      AND s.entry_id > t.entry_id`,
  'UPDATE query_ledger_sets s SET family = l.family FROM query_ledger l WHERE l.id = s.entry_id',
];
