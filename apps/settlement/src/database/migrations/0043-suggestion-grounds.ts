import { ForwardMigration } from '../forward-migration.js';

const statements = [
  // What was suggested before has its sentence alone.
  `ALTER TABLE match_suggestions ADD COLUMN ground text CHECK (ground IN
     ('PAYER_ONE_CHOICE', 'PAYER_SEVERAL_CHOICES', 'AMOUNT_ALONE', 'AMOUNT_SHARED', 'NAMED_AMOUNT_DIFFERS'))`,
];

/** What speaks for a suggestion as a code beside its sentence, so that it is told in the reader's language. */
export class GroundSuggestions1764700000043 extends ForwardMigration {
  protected readonly statements = statements;
}
