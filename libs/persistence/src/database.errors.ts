import { defineErrors } from '@hetao/kernel';

/** What can be wrong with a database that the program itself cannot mend. All but one resolve by waiting. */
export const databaseErrors = defineErrors({
  DATABASE_UNAVAILABLE: {
    kind: 'unavailable',
    title: 'The database cannot be reached',
    fix: 'Nothing was changed. Try again in a few seconds.',
  },
  DATABASE_FULL: {
    kind: 'unavailable',
    title: 'The database has no space left',
    fix: 'Nothing was changed. Free or add disk space on the database server; work resumes by itself.',
  },
  DATABASE_BUSY: {
    kind: 'unavailable',
    title: 'The database did not answer in time',
    fix: 'Nothing was changed. Try again in a few seconds.',
  },
  TRANSACTION_CONFLICT: {
    kind: 'unavailable',
    title: 'Too many others changed the same rows',
    fix: 'Nothing was changed. Try again.',
  },
  COMMIT_OUTCOME_UNKNOWN: {
    kind: 'unavailable',
    title: 'The connection was lost while committing',
    fix: 'The change may or may not have happened. Repeat the request with the same Idempotency-Key, or read the state first.',
  },
  DATABASE_REFUSED: {
    kind: 'unavailable',
    title: 'The database refused the connection',
    fix: 'Check user, password and database name in DATABASE_URL.',
  },
  MIGRATION_FAILED: {
    kind: 'unavailable',
    title: 'A migration failed',
    fix: 'Correct the migration or the data it stumbles over, then start again: the earlier ones stay applied.',
  },
  MIGRATION_LOCK_TIMEOUT: {
    kind: 'unavailable',
    title: 'Another process has been migrating for too long',
    fix: 'Look in pg_stat_activity for the session that holds the advisory lock, end it if it hangs, then start again.',
  },
});
