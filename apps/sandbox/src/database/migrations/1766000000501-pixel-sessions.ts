import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Pixel sessions with their history, and the checkpoints of their recordings. */
export class PixelSessions1766000000501 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // 49 stretches of ten minutes are the longest session; a mark has room for 24 bits.
    await runner.query(`
      CREATE SEQUENCE pixel_mark_epochs INCREMENT BY 49 MINVALUE 1 MAXVALUE 16777160 CYCLE`);
    await runner.query(`
      CREATE TABLE pixel_sessions (
        id text PRIMARY KEY,
        person text NOT NULL,
        organisation_id text NOT NULL,
        custodian_id text NOT NULL,
        agreement_id text NOT NULL,
        status text NOT NULL CHECK (status IN ('requested', 'approved', 'denied', 'provisioning', 'ready', 'active',
          'idle_locked', 'throttled', 'frozen', 'terminated', 'ended', 'sealed', 'archived', 'destroyed', 'expired',
          'failed')),
        first_epoch integer NOT NULL,
        content jsonb NOT NULL,
        holder text,
        lease_until timestamptz,
        created_at timestamptz NOT NULL
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX one_live_session_a_person ON pixel_sessions (person)
        WHERE status IN ('provisioning', 'ready', 'active', 'idle_locked', 'throttled', 'frozen')`);
    await runner.query('CREATE INDEX pixel_sessions_of_person ON pixel_sessions (person, created_at DESC, id DESC)');
    await runner.query('CREATE INDEX pixel_sessions_of_agreement ON pixel_sessions (agreement_id)');
    await runner.query('CREATE INDEX pixel_sessions_by_epoch ON pixel_sessions (first_epoch)');
    await runner.query(`
      CREATE TABLE pixel_session_history (
        session_id text NOT NULL REFERENCES pixel_sessions,
        number integer NOT NULL,
        command text NOT NULL,
        status text NOT NULL,
        at timestamptz NOT NULL,
        by_subject text NOT NULL,
        note text,
        PRIMARY KEY (session_id, number)
      )`);
    await runner.query(`
      CREATE TABLE recording_checkpoints (
        session_id text NOT NULL REFERENCES pixel_sessions,
        number integer NOT NULL,
        content jsonb NOT NULL,
        PRIMARY KEY (session_id, number)
      )`);
    await this.#neverChange(runner);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }

  async #neverChange(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION refuse_changing_session_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION '% on % refused: what a session did is written once', TG_OP, TG_TABLE_NAME;
      END $$`);
    for (const table of ['pixel_session_history', 'recording_checkpoints']) {
      await runner.query(`
        CREATE TRIGGER ${table}_is_written_once BEFORE UPDATE OR DELETE ON ${table}
        FOR EACH ROW EXECUTE FUNCTION refuse_changing_session_evidence()`);
    }
  }
}
