import { clearanceMigrations } from '@hetao/clearance';
import type { MigrationClass } from '@hetao/persistence';
import { CreateMetering1763803000000 } from './create-metering.migration.js';
import { StoreUsageByDay1763890000000 } from './store-usage-by-day.migration.js';
import { TakeUsageInFiles1763890000002 } from './take-usage-in-files.migration.js';
import { CountPersons1763891000001 } from './count-persons.migration.js';
import { DefineMeters1763891000010 } from './define-meters.migration.js';
import { CorrectAndProve1763891000020 } from './correct-and-prove.migration.js';
import { TellPersons1763891000030 } from './tell-persons.migration.js';
import { FencePeriods1763980000000 } from './fence-periods.migration.js';
import { LimitSpending1763980000010 } from './limit-spending.migration.js';
import { PauseAccess1763980000020 } from './pause-access.migration.js';
import { CutDaysAsOwner1764500000000 } from './cut-days-as-owner.migration.js';

/** In the order in which they run; never reordered, never changed once released. */
export const meteringMigrations: readonly MigrationClass[] = [
  CreateMetering1763803000000,
  ...clearanceMigrations,
  StoreUsageByDay1763890000000,
  TakeUsageInFiles1763890000002,
  CountPersons1763891000001,
  DefineMeters1763891000010,
  CorrectAndProve1763891000020,
  TellPersons1763891000030,
  FencePeriods1763980000000,
  LimitSpending1763980000010,
  PauseAccess1763980000020,
  CutDaysAsOwner1764500000000,
];
