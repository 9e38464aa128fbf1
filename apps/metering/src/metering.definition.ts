import { defineService } from '@hetao/runtime';
import { meteringTenancy } from './database/metering.tenancy.js';
import { meteringMigrations } from './database/migrations/index.js';
import { keepUsageBytes, usageBodyParsers } from './ingestion/usage-body.config.js';
import { meteringConfig } from './metering.config.js';
import { MeteringModule } from './metering.module.js';

/** Usage: what was used, once each, per agreement and hour, until its month is closed. */
export const meteringService = defineService({
  name: 'metering',
  module: MeteringModule,
  config: meteringConfig,
  // Rows are written set by set in hand-written SQL; no entity stands between.
  entities: [],
  migrations: meteringMigrations,
  tenancy: meteringTenancy,
  bodyParsers: usageBodyParsers,
  configureHttp: keepUsageBytes,
});
