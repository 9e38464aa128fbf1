import { ForwardMigration } from '../forward-migration.js';

const statements = [
  // Plans of the second form count days in the agreement's zone; an agreement can end before it was to.
  `ALTER TABLE agreements ADD COLUMN time_zone text, ADD COLUMN ended_at timestamptz`,
  // What rating used beside usage and plan, and the credit it left: rating again starts from the same.
  `ALTER TABLE usage_periods ADD COLUMN rating_context jsonb, ADD COLUMN credits_after jsonb`,
];

/** What rating by plans of the second form needs. */
export class ExtendRating1764000000023 extends ForwardMigration {
  protected readonly statements = statements;
}
