import { Module } from '@nestjs/common';
import { CreditNoteModule } from '../credit-note/credit-note.module.js';
import { InvoiceModule } from '../invoice/invoice.module.js';
import { DecideDispute } from './decide-dispute.use-case.js';
import { DisputeController } from './dispute.controller.js';
import { DisputeQueries } from './dispute.queries.js';
import { DisputeRepository } from './dispute.repository.js';
import { OpenDispute } from './open-dispute.use-case.js';

@Module({
  imports: [InvoiceModule, CreditNoteModule],
  controllers: [DisputeController],
  providers: [DisputeRepository, DisputeQueries, OpenDispute, DecideDispute],
})
export class DisputeModule {}
