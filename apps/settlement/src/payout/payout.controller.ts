import { unwrap } from '@hetao/kernel';
import { Allow, Caller, everyone, idParam, type CallerIdentity, type Page } from '@hetao/runtime';
import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { periodInPath } from '../period/period.dto.js';
import {
  payoutDetailDto,
  payoutPageDto,
  payoutQueryDto,
  payoutRunDto,
  type PayoutDetailDto,
  type PayoutDto,
  type PayoutQueryDto,
  type PayoutRunDto,
} from './payout.dto.js';
import { PayoutQueries } from './payout.queries.js';
import { InstructPayouts } from './payout.use-cases.js';

@ApiTags('settlement')
@Controller('v1')
export class PayoutController {
  readonly #instruct: InstructPayouts;
  readonly #payouts: PayoutQueries;

  constructor(instruct: InstructPayouts, payouts: PayoutQueries) {
    this.#instruct = instruct;
    this.#payouts = payouts;
  }

  /** Instructs what is payable. No Idempotency-Key: each share of an invoice is the key, so a repetition pays nothing. */
  @Post('settlement/periods/:period/payouts')
  @HttpCode(200)
  @Allow('operator', 'system')
  @ApiOkResponse({ standardSchema: payoutRunDto })
  async instructPayouts(@Param('period', periodInPath) period: string): Promise<PayoutRunDto> {
    return this.#payouts.totals(period, unwrap(await this.#instruct.execute(period)));
  }

  @Get('payouts')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: payoutPageDto })
  listPayouts(
    @Query({ schema: payoutQueryDto }) query: PayoutQueryDto,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<PayoutDto>> {
    return this.#payouts.list(query, caller);
  }

  @Get('payouts/:id')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: payoutDetailDto })
  async getPayout(@Param('id', idParam('pay')) id: string, @Caller() caller: CallerIdentity): Promise<PayoutDetailDto> {
    return unwrap(await this.#payouts.get(id, caller));
  }
}
