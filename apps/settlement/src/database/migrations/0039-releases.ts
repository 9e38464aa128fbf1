import { ForwardMigration } from '../forward-migration.js';

const statements = [
  `CREATE TABLE agreement_releases (
     agreement_id text PRIMARY KEY,
     awaited boolean NOT NULL,
     granted_at timestamptz
   )`,
  // A month that ended before its agreement came into force was counted, but nothing is due for it.
  `ALTER TABLE usage_periods ADD COLUMN in_force boolean NOT NULL DEFAULT true`,
];

/** From when agreements that wait for a release are charged. */
export class ChargeFromRelease1764000000039 extends ForwardMigration {
  protected readonly statements = statements;
}
