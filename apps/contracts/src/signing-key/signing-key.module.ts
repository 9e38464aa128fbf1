import { Module } from '@nestjs/common';
import { SigningKeyController } from './signing-key.controller.js';
import { SigningKeyQueries } from './signing-key.queries.js';
import { SigningKeyRepository } from './signing-key.repository.js';
import { ConductSigningKey, ProposeSigningKey } from './signing-key.use-cases.js';

@Module({
  controllers: [SigningKeyController],
  providers: [SigningKeyRepository, SigningKeyQueries, ProposeSigningKey, ConductSigningKey],
  exports: [SigningKeyRepository],
})
export class SigningKeyModule {}
