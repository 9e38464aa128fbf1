import { money, parseMoney, seesEveryTenant, unwrap } from '@hetao/kernel';
import {
  Allow,
  Caller,
  cursorQuery,
  everyone,
  Idempotent,
  idParam,
  idSchema,
  moneyDto,
  pageOf,
  text,
  toMoneyDto,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { bankAccountDto, toBankAccount } from '../bank-details/bank-details.dto.js';
import { creditRefundStates, type CreditRefund } from './credit-refund.js';
import { CreditRefundStore } from './credit-refund.store.js';
import { DecideCreditRefund, ProposeCreditRefund } from './credit-refund.use-cases.js';

const newCreditRefundDto = z
  .strictObject({
    buyer_id: idSchema('par'),
    amount: moneyDto,
    refund_to: bankAccountDto.optional().describe('The account the buyer is known by when left out'),
    reason: text(500),
  })
  .meta({ id: 'NewCreditRefund' });
const creditRefundDto = z
  .object({
    id: z.string(),
    buyer_id: z.string(),
    amount: moneyDto,
    reason: z.string(),
    state: z.enum(creditRefundStates).describe('`expired`: nobody decided in time, or the reserve was given up'),
    hold_id: z.string().describe('What reserves the money until it is decided'),
    refund_id: z.string().nullable().describe('The payment to the bank, once it is approved'),
    proposed_by: z.string(),
    proposed_at: z.iso.datetime(),
    decided_by: z.string().nullable(),
    decided_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'CreditRefund' });
type CreditRefundDto = z.output<typeof creditRefundDto>;
const creditRefundPageDto = pageOf(creditRefundDto).meta({ id: 'CreditRefundPage' });
const creditRefundQueryDto = cursorQuery.extend({ state: z.enum(creditRefundStates).optional() });

/** Pays back what buyers have on account: one person proposes, another approves, and nobody spends it in between. */
@ApiTags('settlement')
@Controller('v1/settlement/credit-refunds')
export class CreditRefundController {
  readonly #propose: ProposeCreditRefund;
  readonly #decide: DecideCreditRefund;
  readonly #store: CreditRefundStore;

  constructor(propose: ProposeCreditRefund, decide: DecideCreditRefund, store: CreditRefundStore) {
    this.#propose = propose;
    this.#decide = decide;
    this.#store = store;
  }

  @Post()
  @Allow('operator')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: creditRefundDto })
  async proposeCreditRefund(
    @Body({ schema: newCreditRefundDto }) body: z.output<typeof newCreditRefundDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<CreditRefundDto> {
    const { buyer_id: buyerId, amount, refund_to: to, reason } = body;
    const order = {
      ...{ buyerId, reason, by: caller.subject },
      amount: parseMoney(amount.amount, amount.currency),
      refundTo: to === undefined ? null : toBankAccount(to),
    };
    return toDto(unwrap(await this.#propose.execute(order)));
  }

  /** A buyer sees its own. */
  @Get()
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: creditRefundPageDto })
  async listCreditRefunds(
    @Query({ schema: creditRefundQueryDto }) { cursor, limit, state }: z.output<typeof creditRefundQueryDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<CreditRefundDto>> {
    const buyerId = seesEveryTenant(caller) ? null : caller.organisationId;
    const page = await this.#store.list({ buyerId, state: state ?? null, cursor, limit });
    return { ...page, data: page.data.map(toDto) };
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Allow('operator')
  @Idempotent()
  @ApiOkResponse({ standardSchema: creditRefundDto })
  async approveCreditRefund(
    @Param('id', idParam('crf')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<CreditRefundDto> {
    return toDto(unwrap(await this.#decide.execute({ creditRefundId: id, outcome: 'approved', by: caller.subject })));
  }

  @Post(':id/refuse')
  @HttpCode(200)
  @Allow('operator')
  @Idempotent()
  @ApiOkResponse({ standardSchema: creditRefundDto })
  async refuseCreditRefund(
    @Param('id', idParam('crf')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<CreditRefundDto> {
    return toDto(unwrap(await this.#decide.execute({ creditRefundId: id, outcome: 'refused', by: caller.subject })));
  }
}

function toDto(refund: CreditRefund): CreditRefundDto {
  const { creditRefundId: id, buyerId, amountMinor, currency, reason, state } = refund;
  return {
    ...{ id, buyer_id: buyerId, amount: toMoneyDto(money(amountMinor, currency)), reason, state },
    ...{ hold_id: refund.holdId, refund_id: refund.refundId },
    ...{ proposed_by: refund.proposedBy, proposed_at: refund.proposedAt.toISOString() },
    ...{ decided_by: refund.decidedBy, decided_at: refund.decidedAt?.toISOString() ?? null },
  };
}
