import { Module } from '@nestjs/common';
import { InvoiceModule } from '../invoice/invoice.module.js';
import { FapiaoController } from './fapiao.controller.js';
import { FapiaoQueries } from './fapiao.queries.js';
import { FapiaoRepository } from './fapiao.repository.js';
import { KeepFapiao } from './fapiao.use-cases.js';

@Module({
  imports: [InvoiceModule],
  controllers: [FapiaoController],
  providers: [FapiaoRepository, FapiaoQueries, KeepFapiao],
})
export class FapiaoModule {}
