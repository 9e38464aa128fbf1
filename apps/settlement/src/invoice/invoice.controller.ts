import { unwrap } from '@hetao/kernel';
import { Allow, Caller, everyone, idParam, type CallerIdentity, type Page } from '@hetao/runtime';
import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { periodInPath } from '../period/period.dto.js';
import { DraftInvoices } from './draft-invoices.use-case.js';
import {
  draftingResultDto,
  invoiceDetailDto,
  invoicePageDto,
  invoiceQueryDto,
  invoicingResultDto,
  type DraftingResultDto,
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
  readonly #draft: DraftInvoices;
  readonly #invoices: InvoiceQueries;

  constructor(issue: IssueInvoices, draft: DraftInvoices, invoices: InvoiceQueries) {
    this.#issue = issue;
    this.#draft = draft;
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

  /** Makes drafts of what is rated and not issued. No Idempotency-Key: a repetition replaces them by the same. */
  @Post('settlement/periods/:period/invoice-drafts')
  @HttpCode(200)
  @Allow('operator', 'system')
  @ApiOkResponse({ standardSchema: draftingResultDto })
  async draftInvoices(@Param('period', periodInPath) period: string): Promise<DraftingResultDto> {
    return { period, drafts: unwrap(await this.#draft.execute(period)) };
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
