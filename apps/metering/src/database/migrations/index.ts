import { clearanceMigrations } from '@hetao/clearance';
import type { MigrationClass } from '@hetao/persistence';
import { CreateMetering1763803000000 } from './create-metering.migration.js';
import { CountPersons1763891000001 } from './count-persons.migration.js';

/** In the order in which they run; never reordered, never changed once released. */
export const meteringMigrations: readonly MigrationClass[] = [
  CreateMetering1763803000000,
  ...clearanceMigrations,
  CountPersons1763891000001,
];
