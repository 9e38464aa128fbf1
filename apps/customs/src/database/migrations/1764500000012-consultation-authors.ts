import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who wrote in a consultation is remembered by name too, so that the name can be taken out of a precedent. */
export class ConsultationAuthors1764500000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE consultation_messages ADD COLUMN author_name text');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
