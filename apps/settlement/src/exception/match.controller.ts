import { Decimal, currencyDigits, parseMoney, unwrap, type Currency } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { Allow, Caller, idParam, Idempotent, reasonDto, Repeatable, type CallerIdentity } from '@hetao/runtime';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ApplyCredit } from './credit.use-cases.js';
import { creditDto, rulesDto, type CreditDto, type RulesDto } from './exception.dto.js';
import { ConfirmSuggestion } from './suggestion.use-cases.js';
import { Unmatch } from './unmatch.use-cases.js';

const appliedDto = z.object({ id: z.string() }).meta({ id: 'AppliedCredit' });
const versionDto = z.object({ version: z.int() }).meta({ id: 'MatchingRulesVersion' });

@ApiTags('reconciliation')
@Controller('v1/reconciliation')
@Allow('operator')
export class MatchController {
  readonly #unmatch: Unmatch;
  readonly #suggestions: ConfirmSuggestion;
  readonly #credits: ApplyCredit;
  readonly #uow: UnitOfWork;

  constructor(unmatch: Unmatch, suggestions: ConfirmSuggestion, credits: ApplyCredit, uow: UnitOfWork) {
    this.#unmatch = unmatch;
    this.#suggestions = suggestions;
    this.#credits = credits;
    this.#uow = uow;
  }

  /** Undoes a match by a reversal; its lines become exceptions again. */
  @Post('matches/:id/unmatch')
  @HttpCode(204)
  @Idempotent()
  async unmatch(
    @Param('id', idParam('mgr')) id: string,
    @Body({ schema: reasonDto }) { reason }: z.output<typeof reasonDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<void> {
    unwrap(await this.#unmatch.execute({ groupId: id, reason, by: caller.subject }));
  }

  @Post('suggestions/:id/confirm')
  @HttpCode(204)
  @Idempotent()
  async confirmSuggestion(@Param('id', idParam('sug')) id: string, @Caller() caller: CallerIdentity): Promise<void> {
    unwrap(await this.#suggestions.confirm(id, caller.subject));
  }

  @Post('suggestions/:id/reject')
  @HttpCode(204)
  @Repeatable()
  async rejectSuggestion(@Param('id', idParam('sug')) id: string, @Caller() caller: CallerIdentity): Promise<void> {
    unwrap(await this.#suggestions.reject(id, caller.subject));
  }

  /** Pays an invoice with what its buyer has on account. */
  @Post('credits')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: appliedDto })
  async applyCredit(
    @Body({ schema: creditDto }) { invoice_id: invoiceId, amount }: CreditDto,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof appliedDto>> {
    const { amountMinor } = parseMoney(amount.amount, amount.currency);
    return { id: unwrap(await this.#credits.execute({ invoiceId, amountMinor, by: caller.subject })) };
  }

  /** Sets how much a payment may differ and still be matched without a person; the next version of the rules. */
  @Post('rules')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: versionDto })
  setMatchingRules(
    @Body({ schema: rulesDto }) body: RulesDto,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof versionDto>> {
    const rules = { bankFeeMinor: minorUnits(body.bank_fee), roundingMinor: minorUnits(body.rounding) };
    return this.#uow.run(async (tx) => {
      await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.matching_rules', 0))`);
      const [row] = await tx.query<{ version: number }>(
        `INSERT INTO matching_rules (version, rules, created_by, created_at)
         SELECT 1 + coalesce(max(version), 0), $1, $2, now() FROM matching_rules RETURNING version`,
        [JSON.stringify(rules), caller.subject],
      );
      return { version: row?.version ?? 0 };
    });
  }
}

function minorUnits(amounts: Readonly<Partial<Record<Currency, string>>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(amounts).map(([currency, amount]) => [
      currency,
      Decimal.parse(amount)
        .toUnits(currencyDigits[currency as Currency], 'floor')
        .toString(),
    ]),
  );
}
