import { clearanceMigrations } from '@hetao/clearance';

/** The sandbox service's migrations in the order they run. */
export const sandboxMigrations = [...clearanceMigrations];
