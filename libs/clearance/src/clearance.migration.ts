import type { MigrationClass } from '@hetao/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a delivering service remembers of customs' releases. */
class KnownReleases1763860000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE known_releases (
      release_id text PRIMARY KEY,
      agreement_id text NOT NULL,
      status text NOT NULL CHECK (status IN ('active', 'suspended', 'revoked', 'expired')),
      destination text NOT NULL,
      purpose text NOT NULL,
      valid_from timestamptz NOT NULL,
      valid_until timestamptz NOT NULL,
      reason text
    )`);
    await runner.query('CREATE INDEX known_releases_of_agreement ON known_releases (agreement_id)');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

/** To be put at the end of the list of a service that delivers. */
export const clearanceMigrations: readonly MigrationClass[] = [KnownReleases1763860000001];
