import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A migration that is a list of statements. There is no way back but a new migration. */
export abstract class ForwardMigration implements MigrationInterface {
  protected abstract readonly statements: readonly string[];

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of this.statements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; write a new one that undoes this.'));
  }
}
