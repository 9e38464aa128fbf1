import { renderPdf, type PrintLanguage } from '@hetao/documents';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, everyone, idParam, type CallerIdentity } from '@hetao/runtime';
import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { InvoiceQueries } from '../invoice/invoice.queries.js';
import { printedInvoice } from './invoice.print.js';

const languages = ['en', 'zh-Hans', 'zh-Hant'] as const satisfies readonly PrintLanguage[];
const printQuery = z.object({ language: z.enum(languages).default('en') });

@ApiTags('settlement')
@Controller('v1/invoices')
export class InvoicePrintController {
  readonly #invoices: InvoiceQueries;

  constructor(invoices: InvoiceQueries) {
    this.#invoices = invoices;
  }

  /** The invoice as PDF in one of three languages; in the same state it is the same file, byte for byte. */
  @Get(':id/pdf')
  @Allow(...everyone)
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async printInvoice(
    @Param('id', idParam('inv')) id: string,
    @Query({ schema: printQuery }) query: z.output<typeof printQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<StreamableFile> {
    const invoice = unwrap(await this.#invoices.get(id, caller));
    const file = await renderPdf(printedInvoice(invoice, query.language));
    const name = invoice.number === '' ? 'draft' : invoice.number;
    return new StreamableFile(file, { type: 'application/pdf', disposition: `inline; filename="${name}.pdf"` });
  }
}
