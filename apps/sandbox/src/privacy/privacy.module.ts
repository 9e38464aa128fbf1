import { Module } from '@nestjs/common';
import { PrivacyAccount } from './privacy-account.use-cases.js';
import { PrivacyController } from './privacy.controller.js';
import { PrivacyLedgerQueries } from './privacy-ledger.queries.js';
import { PrivacyLedgerRepository } from './privacy-ledger.repository.js';

@Module({
  controllers: [PrivacyController],
  providers: [PrivacyAccount, PrivacyLedgerQueries, PrivacyLedgerRepository],
  exports: [PrivacyAccount],
})
export class PrivacyModule {}
