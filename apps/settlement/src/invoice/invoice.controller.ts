import { unwrap } from '@hetao/kernel';
import { Allow, Caller, everyone, idParam, type CallerIdentity, type Page } from '@hetao/runtime';
import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { periodInPath } from '../period/period.dto.js';
import {
  invoiceDetailDto,
  invoicePageDto,
  invoiceQueryDto,
  invoicingResultDto,
  type InvoiceDetailDto,
  type InvoiceDto,
  type InvoiceQueryDto,
  type InvoicingResultDto,
} from './invoice.dto.js';
import { InvoiceQueries } from './invoice.queries.js';
import { IssueInvoices } from './invoice.use-cases.js';

@ApiTags('settlement')
@Controller('v1')
export class InvoiceController {
  readonly #issue: IssueInvoices;
  readonly #invoices: InvoiceQueries;

  constructor(issue: IssueInvoices, invoices: InvoiceQueries) {
    this.#issue = issue;
    this.#invoices = invoices;
  }

  /** Issues what is not issued yet. No Idempotency-Key: agreement and period are the key, so a repetition finds all done. */
  @Post('settlement/periods/:period/invoice')
  @HttpCode(200)
  @Allow('operator', 'system')
  @ApiOkResponse({ standardSchema: invoicingResultDto })
  async issueInvoices(@Param('period', periodInPath) period: string): Promise<InvoicingResultDto> {
    return this.#invoices.totals(period, unwrap(await this.#issue.execute(period)));
  }

  @Get('invoices')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: invoicePageDto })
  listInvoices(
    @Query({ schema: invoiceQueryDto }) query: InvoiceQueryDto,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<InvoiceDto>> {
    return this.#invoices.list(query, caller);
  }

  @Get('invoices/:id')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: invoiceDetailDto })
  async getInvoice(
    @Param('id', idParam('inv')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<InvoiceDetailDto> {
    return unwrap(await this.#invoices.get(id, caller));
  }
}
