import { Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, everyone, idParam, type CallerIdentity } from '@hetao/runtime';
import { z } from 'zod';
import { ParticipantQueries } from '../participant/participant.queries.js';
import { ProductQueries } from '../product/product.queries.js';
import { CreditQueries } from './credit.queries.js';
import { RefreshRecord, type Refresh } from './refresh.use-cases.js';

const promptness = z.object({ count: z.int(), median_seconds: z.int().nullable() });
const creditDto = z
  .object({
    agreements: z.int(),
    terminated: z.int().describe('Agreements broken off, counted with both sides'),
    credit_notes: z.int().describe('Invoices taken back, wholly or in part'),
    invoices_paid_in_time: z.int(),
    invoices_paid_late: z.int(),
    answers_to_demands: promptness,
    answers_to_reviewers: promptness,
    refreshes_delivered: z.int(),
    refreshes_late: z.int(),
  })
  .meta({ id: 'CreditRecord' });
type CreditDto = z.output<typeof creditDto>;

const refreshDto = z
  .object({ delivered_at: z.iso.datetime(), due_at: z.iso.datetime().nullable(), late: z.boolean() })
  .meta({ id: 'Refresh' });
type RefreshDto = z.output<typeof refreshDto>;
const refreshListDto = z.object({ data: z.array(refreshDto) }).meta({ id: 'Refreshes' });

/** What was promised and what was kept, measured from what happened. */
@ApiTags('credit')
@Controller('v1')
export class CreditController {
  readonly #credit: CreditQueries;
  readonly #refreshes: RefreshRecord;
  readonly #participants: ParticipantQueries;
  readonly #products: ProductQueries;

  constructor(
    credit: CreditQueries,
    refreshes: RefreshRecord,
    participants: ParticipantQueries,
    products: ProductQueries,
  ) {
    this.#credit = credit;
    this.#refreshes = refreshes;
    this.#participants = participants;
    this.#products = products;
  }

  @Get('participants/:id/credit')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: creditDto })
  async getCreditRecord(@Param('id', idParam('org')) id: string, @Caller() caller: CallerIdentity): Promise<CreditDto> {
    unwrap(await this.#participants.get(id, caller));
    const { facts, answersToDemands, answersToReviewers, refreshes } = await this.#credit.of(id);
    return {
      agreements: facts.agreement,
      terminated: facts.terminated,
      credit_notes: facts.credit_note,
      invoices_paid_in_time: facts.paid_in_time,
      invoices_paid_late: facts.paid_late,
      answers_to_demands: { count: answersToDemands.count, median_seconds: answersToDemands.medianSeconds },
      answers_to_reviewers: { count: answersToReviewers.count, median_seconds: answersToReviewers.medianSeconds },
      refreshes_delivered: refreshes.delivered,
      refreshes_late: refreshes.late,
    };
  }

  @Post('products/:id/refreshes')
  @Allow('merchant')
  @ApiCreatedResponse({ standardSchema: refreshDto })
  async recordRefresh(@Param('id', idParam('prd')) id: string, @Caller() caller: CallerIdentity): Promise<RefreshDto> {
    return toRefreshDto(unwrap(await this.#refreshes.record(id, caller)));
  }

  @Get('products/:id/refreshes')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: refreshListDto })
  async listRefreshes(
    @Param('id', idParam('prd')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<{ data: RefreshDto[] }> {
    unwrap(await this.#products.get(id, caller));
    return { data: (await this.#refreshes.last(id)).map(toRefreshDto) };
  }
}

function toRefreshDto({ deliveredAt, dueAt }: Refresh): RefreshDto {
  const late = dueAt !== null && deliveredAt > dueAt;
  return { delivered_at: deliveredAt.toISOString(), due_at: dueAt?.toISOString() ?? null, late };
}
