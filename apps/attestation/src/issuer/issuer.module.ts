import { Module } from '@nestjs/common';
import { IssuerKeyController } from './issuer-key.controller.js';
import { IssuerKeyRepository } from './issuer-key.repository.js';
import { IssuerKeys } from './issuer-key.use-cases.js';

@Module({
  controllers: [IssuerKeyController],
  providers: [IssuerKeyRepository, IssuerKeys],
  exports: [IssuerKeyRepository],
})
export class IssuerModule {}
