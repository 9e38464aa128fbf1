import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Database } from '@hetao/persistence';
import {
  afterCursor,
  Allow,
  Caller,
  type CallerIdentity,
  cursorPage,
  DATABASE,
  everyone,
  type Page,
  pageOf,
} from '@hetao/runtime';
import { EntitlementQueries } from '../entitlement/entitlement.queries.js';
import { type AlertDto, alertDto, alertsQuery, checkDto, checkQuery, toAlertDto, toUse } from './budget.dto.js';
import { BudgetTables } from './budget.use-cases.js';
import { CheckUsage } from './check-usage.use-cases.js';

@Controller('v1/usage')
export class UsageCheckController {
  constructor(
    private readonly checking: CheckUsage,
    private readonly entitlements: EntitlementQueries,
    private readonly tables: BudgetTables,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  @Get('checks')
  @Allow(...everyone)
  @ApiOperation({ summary: 'Whether usage of now would count, or why not; to be asked before serving' })
  @ApiOkResponse({ standardSchema: checkDto })
  async checkUsage(
    @Query({ schema: checkQuery }) query: z.output<typeof checkQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof checkDto>> {
    await this.entitlements.assertReadable(caller, query.agreement_id);
    const reasons = await this.checking.execute(toUse(query));
    return { allowed: reasons.length === 0, reasons: reasons.map(({ code, detail, fix }) => ({ code, detail, fix })) };
  }

  @Get('alerts')
  @Allow(...everyone)
  @ApiOperation({ summary: 'What was told of the budgets of an agreement, in its order' })
  @ApiOkResponse({ standardSchema: pageOf(alertDto).meta({ id: 'UsageAlertPage' }) })
  async listUsageAlerts(
    @Query({ schema: alertsQuery }) query: z.output<typeof alertsQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<AlertDto>> {
    const { agreement_id: agreementId, limit, cursor } = query;
    await this.entitlements.assertReadable(caller, agreementId);
    const [after = ''] = afterCursor(cursor, { agreementId }) ?? [];
    const rows = await this.database.withClient((client) =>
      this.tables.budgets.alerts(client, agreementId, String(after), limit + 1),
    );
    const page = cursorPage(rows, limit, (row) => [row.alertId], { agreementId });
    return { ...page, data: page.data.map(toAlertDto) };
  }
}
