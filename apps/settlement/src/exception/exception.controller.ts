import { parseMoney, unwrap } from '@hetao/kernel';
import {
  Allow,
  Caller,
  idParam,
  Idempotent,
  reasonDto,
  Repeatable,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { toBankAccount } from '../bank-details/bank-details.dto.js';
import {
  assignmentDto,
  exceptionDto,
  exceptionPageDto,
  exceptionQueryDto,
  resolutionDto,
  takeBackDto,
  type AssignmentDto,
  type ExceptionDto,
  type ExceptionQueryDto,
  type ResolutionDto,
} from './exception.dto.js';
import { ExceptionQueries } from './exception.queries.js';
import type { Resolution } from './exception.js';
import { ResolveException, WriteOffException } from './exception.use-cases.js';
import { TakePaymentBack } from './take-back.use-case.js';

@ApiTags('reconciliation')
@Controller('v1/reconciliation/exceptions')
@Allow('operator', 'auditor', 'system')
export class ExceptionController {
  readonly #queries: ExceptionQueries;
  readonly #resolve: ResolveException;
  readonly #writeOff: WriteOffException;
  readonly #takeBack: TakePaymentBack;

  constructor(
    queries: ExceptionQueries,
    resolve: ResolveException,
    writeOff: WriteOffException,
    takeBack: TakePaymentBack,
  ) {
    this.#queries = queries;
    this.#resolve = resolve;
    this.#writeOff = writeOff;
    this.#takeBack = takeBack;
  }

  @Get()
  @ApiOkResponse({ standardSchema: exceptionPageDto })
  listExceptions(@Query({ schema: exceptionQueryDto }) query: ExceptionQueryDto): Promise<Page<ExceptionDto>> {
    return this.#queries.list(query);
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: exceptionDto })
  async getException(@Param('id', idParam('exc')) id: string): Promise<ExceptionDto> {
    return unwrap(await this.#queries.get(id));
  }

  @Post(':id/assign')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: exceptionDto })
  async assignException(
    @Param('id', idParam('exc')) id: string,
    @Body({ schema: assignmentDto }) { owner, note }: AssignmentDto,
  ): Promise<ExceptionDto> {
    unwrap(await this.#resolve.assign(id, { owner, note: note ?? null }));
    return unwrap(await this.#queries.get(id));
  }

  /** Gives the line's money its place: to invoices, on account, back to the sender, or as a fee. */
  @Post(':id/resolve')
  @HttpCode(204)
  @Allow('operator')
  @Idempotent()
  async resolveException(
    @Param('id', idParam('exc')) id: string,
    @Body({ schema: resolutionDto }) body: ResolutionDto,
    @Caller() caller: CallerIdentity,
  ): Promise<void> {
    unwrap(
      await this.#resolve.execute({
        exceptionId: id,
        resolution: toResolution(body),
        buyerId: 'buyer_id' in body ? (body.buyer_id ?? null) : null,
        refundTo: 'refund_to' in body && body.refund_to !== undefined ? toBankAccount(body.refund_to) : null,
        by: caller.subject,
      }),
    );
  }

  /** The bank took a payment of an invoice back: the buyer owes it again, and its parties what they were paid of it. */
  @Post(':id/take-back')
  @HttpCode(204)
  @Allow('operator')
  @Idempotent()
  async takePaymentBack(
    @Param('id', idParam('exc')) id: string,
    @Body({ schema: takeBackDto }) { invoice_id: invoiceId }: z.output<typeof takeBackDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<void> {
    unwrap(await this.#takeBack.execute(id, invoiceId, caller.subject));
  }

  /** Proposes to write the line off; another operator decides. */
  @Post(':id/write-off')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: exceptionDto })
  async proposeWriteOff(
    @Param('id', idParam('exc')) id: string,
    @Body({ schema: reasonDto }) { reason }: z.output<typeof reasonDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<ExceptionDto> {
    unwrap(await this.#writeOff.propose(id, caller.subject, reason));
    return unwrap(await this.#queries.get(id));
  }

  @Post(':id/write-off/approve')
  @HttpCode(204)
  @Allow('operator')
  @Idempotent()
  async approveWriteOff(@Param('id', idParam('exc')) id: string, @Caller() caller: CallerIdentity): Promise<void> {
    unwrap(await this.#writeOff.decide(id, { outcome: 'approved', by: caller.subject }));
  }

  @Post(':id/write-off/refuse')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: exceptionDto })
  async refuseWriteOff(
    @Param('id', idParam('exc')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<ExceptionDto> {
    unwrap(await this.#writeOff.decide(id, { outcome: 'refused', by: caller.subject }));
    return unwrap(await this.#queries.get(id));
  }
}

function toResolution(body: ResolutionDto): Resolution {
  if (body.action !== 'allocate') return { action: body.action };
  const allocations = body.allocations.map(({ invoice_id: invoiceId, amount }) => ({
    invoiceId,
    amountMinor: parseMoney(amount.amount, amount.currency).amountMinor,
  }));
  return { action: 'allocate', allocations, remainder: body.remainder ?? null };
}
