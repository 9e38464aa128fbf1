import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Budgets in money: a currency in place of a meter, and the quantities that are rated again with every use. */
export class LimitSpending1763980000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE usage_budgets ALTER meter DROP NOT NULL, ADD currency text');
    await runner.query('ALTER TABLE usage_budgets ADD CHECK ((meter IS NULL) = (currency IS NOT NULL))');
    await runner.query(`ALTER TABLE usage_budget_uses ADD quantities jsonb NOT NULL DEFAULT '{}'`);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Migrations only go forward.'));
  }
}
