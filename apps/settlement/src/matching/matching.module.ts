import { Module } from '@nestjs/common';
import { InvoiceModule } from '../invoice/invoice.module.js';
import { PayoutModule } from '../payout/payout.module.js';
import { MatchingRepository } from './matching.repository.js';
import { MatchLines } from './matching.use-cases.js';

@Module({
  imports: [InvoiceModule, PayoutModule],
  providers: [MatchingRepository, MatchLines],
  exports: [MatchLines],
})
export class MatchingModule {}
