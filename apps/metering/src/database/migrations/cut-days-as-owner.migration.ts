import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Days of raw usage come and go while the service runs, and its own account may change no table. These two functions are
 * the whole of what it may have the owner do: make the day of a name, or drop it.
 */
const STATEMENTS = [
  `CREATE FUNCTION add_usage_day(name text, first_batch bigint, next_batch bigint) RETURNS void
   LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
   BEGIN
     IF name !~ '^usage_events_[0-9]{8}$' THEN RAISE EXCEPTION 'no day of usage: %', name; END IF;
     EXECUTE format('CREATE TABLE %I (LIKE usage_events INCLUDING CONSTRAINTS)', name);
     EXECUTE format('ALTER TABLE usage_events ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)', name, first_batch, next_batch);
   END $$`,
  `CREATE FUNCTION drop_usage_day(name text) RETURNS void
   LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
   BEGIN
     IF name !~ '^usage_events_[0-9]{8}$' THEN RAISE EXCEPTION 'no day of usage: %', name; END IF;
     EXECUTE format('ALTER TABLE usage_events DETACH PARTITION %I', name);
     EXECUTE format('DROP TABLE %I', name);
   END $$`,
];

export class CutDaysAsOwner1764500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward.'));
  }
}
