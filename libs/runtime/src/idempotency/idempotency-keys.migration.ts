import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { MigrationClass } from '@hetao/persistence';

/** Answers already given, by the key their client chose. */
export class CreateIdempotencyKeys1763800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE idempotency_keys (
        scope text NOT NULL,
        key text NOT NULL,
        request_hash text NOT NULL,
        status smallint NOT NULL CHECK (status BETWEEN 200 AND 399),
        headers jsonb NOT NULL,
        body text,
        answered_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        PRIMARY KEY (scope, key)
      )`);
    await runner.query('CREATE INDEX idempotency_keys_expiry ON idempotency_keys (expires_at)');
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Migrations only go forward.'));
  }
}

/** The runtime's own tables; `defineService` puts them into every service's list. */
export const runtimeMigrations: readonly MigrationClass[] = [CreateIdempotencyKeys1763800000000];
