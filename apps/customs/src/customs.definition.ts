import { defineService } from '@hetao/runtime';
import { customsConfig } from './customs.config.js';
import { CustomsModule } from './customs.module.js';
import { customsMigrations } from './database/migrations/index.js';
import { DeclarationRow } from './declaration/declaration.entity.js';
import { ReleaseRow } from './release/release.entity.js';
import { RuleSetRow } from './rule-set/rule-set.entity.js';

/** Policy query, export declarations, clocks, releases: the digital customs (數據海關). */
export const customsService = defineService({
  name: 'customs',
  module: CustomsModule,
  config: customsConfig,
  entities: [RuleSetRow, DeclarationRow, ReleaseRow],
  migrations: customsMigrations,
});
