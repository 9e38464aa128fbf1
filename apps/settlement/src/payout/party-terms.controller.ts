import { currencies, currencyDigits, Decimal, unwrap, type Currency } from '@hetao/kernel';
import {
  Allow,
  Caller,
  idParam,
  Idempotent,
  idSchema,
  reasonDto,
  Repeatable,
  text,
  type CallerIdentity,
} from '@hetao/runtime';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { PartyTermsStore, type PayoutHold } from './party-terms.store.js';

const termsDto = z
  .strictObject({
    participant_id: idSchema('par'),
    cycle: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('monthly') }),
      z.strictObject({ kind: z.literal('weekly'), weekday: z.int().min(1).max(7).describe('1 is Monday') }),
      z.strictObject({ kind: z.literal('after_days'), days: z.int().min(0).max(90).describe('T+n, calendar days') }),
    ]),
    minimum: z
      .partialRecord(z.enum(currencies), z.string().regex(/^\d{1,12}(\.\d{1,2})?$/))
      .default({})
      .describe('Less than this waits for the next payout'),
    reserve_bps: z.int().min(0).max(10_000).default(0).describe('Hundredths of a percent that are kept back'),
    reserve_days: z.int().min(0).max(730).default(0),
  })
  .meta({ id: 'SettlementTerms' });
const versionDto = z.object({ participant_id: z.string(), version: z.int() }).meta({ id: 'SettlementTermsVersion' });
const newHoldDto = z.strictObject({ participant_id: idSchema('par'), reason: text(500) }).meta({ id: 'NewPayoutHold' });
const holdDto = z
  .object({
    id: z.string(),
    participant_id: z.string(),
    reason: z.string(),
    placed_by: z.string(),
    placed_at: z.iso.datetime(),
    released_by: z.string().nullable(),
    released_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'PayoutHold' });
const holdsDto = z.object({ data: z.array(holdDto).max(1000) }).meta({ id: 'PayoutHolds' });

@ApiTags('settlement')
@Controller('v1')
@Allow('operator')
export class PartyTermsController {
  readonly #terms: PartyTermsStore;

  constructor(terms: PartyTermsStore) {
    this.#terms = terms;
  }

  /** Agrees with a party when it is paid, from which amount, and what is kept back. */
  @Post('settlement-terms')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: versionDto })
  async setSettlementTerms(
    @Body({ schema: termsDto }) body: z.output<typeof termsDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof versionDto>> {
    const { participant_id: participantId, cycle, minimum, reserve_bps: reserveBps, reserve_days: reserveDays } = body;
    const terms = { cycle, minimumMinor: minorUnits(minimum), reserveBps, reserveDays };
    return { participant_id: participantId, version: await this.#terms.set(participantId, terms, caller.subject) };
  }

  /** Stops a party's payouts; what it is owed waits. */
  @Post('payout-holds')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: holdDto })
  async holdPayouts(
    @Body({ schema: newHoldDto }) { participant_id: participantId, reason }: z.output<typeof newHoldDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof holdDto>> {
    return toHoldDto(await this.#terms.hold(participantId, reason, caller.subject));
  }

  @Get('payout-holds')
  @Allow('operator', 'auditor', 'system')
  @ApiOkResponse({ standardSchema: holdsDto })
  async listPayoutHolds(): Promise<z.output<typeof holdsDto>> {
    return { data: (await this.#terms.holds()).map(toHoldDto) };
  }

  @Post('payout-holds/:id/release')
  @HttpCode(200)
  @Repeatable()
  @ApiOkResponse({ standardSchema: holdDto })
  async releasePayouts(
    @Param('id', idParam('hld')) id: string,
    @Body({ schema: reasonDto }) { reason }: z.output<typeof reasonDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof holdDto>> {
    return toHoldDto(unwrap(await this.#terms.release(id, reason, caller.subject)));
  }
}

function toHoldDto(hold: PayoutHold): z.output<typeof holdDto> {
  return {
    id: hold.hold_id,
    participant_id: hold.participant_id,
    reason: hold.reason,
    placed_by: hold.placed_by,
    placed_at: hold.placed_at.toISOString(),
    released_by: hold.released_by,
    released_at: hold.released_at?.toISOString() ?? null,
  };
}

function minorUnits(amounts: Readonly<Partial<Record<Currency, string>>>): Partial<Record<Currency, string>> {
  return Object.fromEntries(
    Object.entries(amounts).map(([currency, amount]) => [
      currency,
      Decimal.parse(amount)
        .toUnits(currencyDigits[currency as Currency], 'ceil')
        .toString(),
    ]),
  );
}
