import { defineService } from '@hetao/runtime';
import { sandboxTenancy } from './database/sandbox.tenancy.js';
import { sandboxMigrations } from './database/migrations/index.js';
import { sandboxConfig } from './sandbox.config.js';
import { SandboxModule } from './sandbox.module.js';
import { StreamUpgrades } from './session/stream.upgrades.js';

/** Data stays, compute travels: enclaves, jobs and sessions on them, and the review of what may leave. */
export const sandboxService = defineService({
  name: 'sandbox',
  module: SandboxModule,
  config: sandboxConfig,
  // Everything here is written in SQL; no entity stands between.
  entities: [],
  migrations: sandboxMigrations,
  tenancy: sandboxTenancy,
  // Weights of a round of training, and whole files.
  bodyParsers: [{ mediaType: 'application/octet-stream', as: 'bytes', limitBytes: 64 * 1024 * 1024 }],
  configureHttp: (fastify, context) => context.get(StreamUpgrades).mount(fastify),
});
