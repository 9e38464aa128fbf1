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

/** Since when, and until when, a release did not stand: usage of before a suspension is judged by its own time. */
class ReleasePauses1763980000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE known_release_pauses (
      release_id text NOT NULL REFERENCES known_releases (release_id),
      status text NOT NULL CHECK (status IN ('suspended', 'revoked', 'expired')),
      starts_at timestamptz NOT NULL,
      ends_at timestamptz CHECK (ends_at >= starts_at),
      reason text,
      PRIMARY KEY (release_id, status, starts_at)
    )`);
    // When those that do not stand now were stopped was not kept: nothing of theirs is let in, as before.
    await runner.query(`INSERT INTO known_release_pauses (release_id, status, starts_at, reason)
      SELECT release_id, status, valid_from, reason FROM known_releases WHERE status <> 'active'`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

/** To be put at the end of the list of a service that delivers. */
export const clearanceMigrations: readonly MigrationClass[] = [KnownReleases1763860000001, ReleasePauses1763980000005];
