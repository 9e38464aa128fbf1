import { defineService } from '@hetao/runtime';
import { attestationConfig } from './attestation.config.js';
import { AttestationModule } from './attestation.module.js';
import { attestationTenancy } from './database/attestation.tenancy.js';
import { attestationMigrations } from './database/migrations/index.js';
import { LogQueries } from './log/log.queries.js';
import { LogSigner } from './log/log.signer.js';
import { mountTiles } from './log/tiles.mount.js';
import { NodeAlarms } from './node/node.queries.js';
import { mountWitness } from './node/witness.mount.js';
import { mountVerifier } from './verifier/verifier.mount.js';

/** The transparency log, and what is registered, consented to and verified by it. */
export const attestationService = defineService({
  name: 'attestation',
  module: AttestationModule,
  config: attestationConfig,
  // Everything here is written in SQL: the log is a hot path, and the rest follows it.
  entities: [],
  migrations: attestationMigrations,
  tenancy: attestationTenancy,
  configureHttp: (fastify, context) => {
    mountTiles(fastify, context.get(LogQueries));
    mountWitness(fastify, context.get(NodeAlarms));
    mountVerifier(fastify, context.get(LogSigner).key);
  },
});
