import { defineService } from '@hetao/runtime';
import { MAX_FILE_BYTES } from './consultation/consultation-file.js';
import { customsConfig } from './customs.config.js';
import { CustomsModule } from './customs.module.js';
import { customsTenancy } from './database/customs.tenancy.js';
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
  tenancy: customsTenancy,
  // One byte more than a file may have, so that the file itself says that it is too large.
  bodyParsers: [{ mediaType: 'application/octet-stream', as: 'bytes', limitBytes: MAX_FILE_BYTES + 1 }],
});
