import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who asked for what, and the second person of a discard. What was settled before has nobody's name. */
export class DeadLetterAsks1764700000000 implements MigrationInterface {
  readonly name = 'DeadLetterAsks1764700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE dead_letters
         ADD COLUMN asked_by text,
         ADD COLUMN asked_at timestamptz,
         ADD COLUMN confirmed_by text CHECK (confirmed_by <> asked_by),
         DROP CONSTRAINT dead_letters_status_check,
         ADD CONSTRAINT dead_letters_status_check CHECK (
           status IN ('parked', 'discard_proposed', 'replay_requested', 'replayed', 'discarded'))`,
    );
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
