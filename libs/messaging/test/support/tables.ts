import type { MigrationInterface, QueryRunner } from 'typeorm';
import { messagingMigrations } from '../../src/index.js';

/** What the handlers of these tests do: each leaves a row, in the order in which it was applied. */
class Effects1763700000100 implements MigrationInterface {
  readonly name = 'Effects1763700000100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE effects (
         position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
         consumer_group text NOT NULL, event_id text NOT NULL, key text NOT NULL, n integer NOT NULL, note text NOT NULL)`,
    );
    await runner.query('CREATE TABLE counters (key text PRIMARY KEY, n integer NOT NULL)');
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

export const testMigrations = [...messagingMigrations, Effects1763700000100];
