import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { z } from 'zod';
import { type Clock, Decimal, DomainException, newId, seesEveryTenant, unwrap } from '@hetao/kernel';
import {
  Allow,
  Caller,
  type CallerIdentity,
  CLOCK,
  everyone,
  Idempotent,
  idParam,
  SERVICE_CONFIG,
} from '@hetao/runtime';
import { EntitlementQueries } from '../entitlement/entitlement.queries.js';
import { entitlementErrors } from '../entitlement/entitlement.errors.js';
import type { MeteringConfig } from '../metering.config.js';
import {
  type BudgetDto,
  budgetDto,
  budgetListDto,
  budgetsQuery,
  measureOf,
  newBudget,
  toBudgetDto,
} from './budget.dto.js';
import { budgetErrors } from './budget.errors.js';
import { Budgets } from './budget.use-cases.js';

@Controller('v1/usage/budgets')
export class BudgetController {
  constructor(
    private readonly budgets: Budgets,
    private readonly entitlements: EntitlementQueries,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SERVICE_CONFIG) private readonly config: MeteringConfig,
  ) {}

  @Post()
  @Allow('buyer', 'operator')
  @Idempotent()
  @ApiOperation({ summary: 'Limit what an agreement, a key or a project may use in a day or month, from now on' })
  @ApiCreatedResponse({ standardSchema: budgetDto })
  async setBudget(
    @Body({ schema: newBudget }) body: z.output<typeof newBudget>,
    @Caller() caller: CallerIdentity,
  ): Promise<BudgetDto> {
    await this.#assertLimits(caller, body.agreement_id);
    const budget = {
      budgetId: newId('bud'),
      agreementId: body.agreement_id,
      scope: body.scope,
      scopeValue: body.scope_value,
      measure: measureOf(body),
      strength: body.strength,
      limit: Decimal.parse(body.limit),
      cadence: body.cadence,
      timeZone: body.time_zone ?? this.config.METERING_TIME_ZONE,
      thresholds: body.thresholds,
    };
    return toBudgetDto(unwrap(await this.budgets.set(budget, caller.subject)), this.clock.now().getTime());
  }

  @Get()
  @Allow(...everyone)
  @ApiOperation({ summary: 'Budgets of an agreement, what is used of them and where that goes; at most fifty' })
  @ApiOkResponse({ standardSchema: budgetListDto })
  async listBudgets(
    @Query({ schema: budgetsQuery }) { agreement_id: agreementId }: z.output<typeof budgetsQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<{ data: BudgetDto[] }> {
    await this.entitlements.assertReadable(caller, agreementId);
    const nowMs = this.clock.now().getTime();
    return { data: (await this.budgets.list(agreementId)).map((use) => toBudgetDto(use, nowMs)) };
  }

  @Post(':id/end')
  @HttpCode(204)
  @Allow('buyer', 'operator')
  @Idempotent()
  @ApiNoContentResponse({ description: 'It limits nothing any more; ending it again changes nothing' })
  async endBudget(@Param('id', idParam('bud')) id: string, @Caller() caller: CallerIdentity): Promise<void> {
    const budget = await this.budgets.find(id);
    if (!budget || !(await this.entitlements.mayRead(caller, budget.agreementId))) {
      throw new DomainException(budgetErrors.BUDGET_UNKNOWN(`No budget ${id} that you may end.`));
    }
    await this.#assertLimits(caller, budget.agreementId);
    await this.budgets.end(id);
  }

  /** Whoever pays limits what is used, or the exchange does. */
  async #assertLimits(caller: CallerIdentity, agreementId: string): Promise<void> {
    const { buyerId } = await this.entitlements.readableParties(caller, agreementId);
    if (seesEveryTenant(caller) || caller.organisationId === buyerId) return;
    throw new DomainException(
      entitlementErrors.USAGE_AGREEMENT_UNKNOWN(`No agreement ${agreementId} whose usage you may limit.`, {
        pointer: '/agreement_id',
      }),
    );
  }
}
