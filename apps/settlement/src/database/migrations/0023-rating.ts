import { ForwardMigration } from '../forward-migration.js';

const statements = [
  // Plans of the second form count days in the agreement's zone; an agreement can end before it was to.
  `ALTER TABLE agreements ADD COLUMN time_zone text, ADD COLUMN ended_at timestamptz`,
  `CREATE TABLE prepaid_credits (
     agreement_id text NOT NULL,
     /** The period after which the credit stood so; recomputing that period starts from the one before. */
     period text NOT NULL,
     lots jsonb NOT NULL,
     expired jsonb NOT NULL,
     PRIMARY KEY (agreement_id, period)
   )`,
];

/** What rating by plans of the second form needs. */
export class ExtendRating1764000000023 extends ForwardMigration {
  protected readonly statements = statements;
}
