import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import {
  afterCursor,
  Allow,
  Caller,
  type CallerIdentity,
  cursorPage,
  everyone,
  type Page,
  pageOf,
} from '@hetao/runtime';
import { EntitlementQueries } from '../entitlement/entitlement.queries.js';
import { PeriodQueries } from '../period/period.queries.js';
import {
  earliestMs,
  latestMs,
  summaryQuery,
  toWindowDto,
  type UsageSummaryDto,
  usageSummaryDto,
  type UsageWindowDto,
  usageWindowDto,
  windowsQuery,
} from './usage-window.dto.js';
import { UsageWindowQueries } from './usage-window.queries.js';

@Controller('v1/usage')
export class UsageWindowController {
  constructor(
    private readonly usage: UsageWindowQueries,
    private readonly entitlements: EntitlementQueries,
    private readonly periods: PeriodQueries,
  ) {}

  @Get('windows')
  @Allow(...everyone)
  @ApiOperation({ summary: 'Hourly usage of an agreement, in time order' })
  @ApiOkResponse({ standardSchema: pageOf(usageWindowDto).meta({ id: 'UsageWindowPage' }) })
  async listUsageWindows(
    @Query({ schema: windowsQuery }) query: z.output<typeof windowsQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<UsageWindowDto>> {
    const { agreement_id: agreementId, from: fromMs = earliestMs, to: untilMs = latestMs, limit } = query;
    await this.entitlements.assertReadable(caller, agreementId);
    const filter = { agreementId, fromMs, untilMs };
    const after = afterCursor(query.cursor, filter)?.[0];
    const range = { fromMs, untilMs, afterMs: typeof after === 'number' ? after : undefined };
    const rows = await this.usage.list(agreementId, range, limit + 1);
    const page = cursorPage(rows, limit, (row) => [row.windowStartMs], filter);
    return { ...page, data: page.data.map((row) => toWindowDto(agreementId, row)) };
  }

  @Get('summary')
  @Allow(...everyone)
  @ApiOperation({ summary: 'Usage of an agreement in a month, by meter' })
  @ApiOkResponse({ standardSchema: usageSummaryDto })
  async getUsageSummary(
    @Query({ schema: summaryQuery }) query: z.output<typeof summaryQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<UsageSummaryDto> {
    await this.entitlements.assertReadable(caller, query.agreement_id);
    const found = unwrap(await this.periods.find(query.period, query.time_zone));
    const period = 'closed' in found ? found.closed : found.open;
    const { totals, windows } = await this.usage.summary(query.agreement_id, period.startMs, period.endMs);
    return {
      agreement_id: query.agreement_id,
      period: period.period,
      time_zone: period.timeZone,
      state: 'closed' in found ? found.closed.state : 'open',
      windows,
      totals: [...totals],
    };
  }
}
