import { Module } from '@nestjs/common';
import { InvoiceModule } from '../invoice/invoice.module.js';
import { InvoicePrintController } from './invoice-print.controller.js';

@Module({ imports: [InvoiceModule], controllers: [InvoicePrintController] })
export class InvoicePrintModule {}
