import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, type CallerIdentity, everyone } from '@hetao/runtime';
import { EntitlementQueries } from '../entitlement/entitlement.queries.js';
import { formatInstant } from '../window/instant.js';
import { AskMeter } from './ask-meter.use-cases.js';
import { type MeterQuery, meterQuery, type MeterSeriesDto, meterSeriesDto } from './usage-query.dto.js';
import { UsageQueries } from './usage-query.queries.js';

@Controller('v1/usage/query')
export class UsageQueryController {
  constructor(
    private readonly ask: AskMeter,
    private readonly usage: UsageQueries,
    private readonly entitlements: EntitlementQueries,
  ) {}

  @Get()
  @Allow(...everyone)
  @ApiOperation({ summary: 'A meter of an agreement by window and dimension' })
  @ApiOkResponse({ standardSchema: meterSeriesDto })
  async queryUsage(
    @Query({ schema: meterQuery }) query: MeterQuery,
    @Caller() caller: CallerIdentity,
  ): Promise<MeterSeriesDto> {
    await this.entitlements.assertReadable(caller, query.agreement_id);
    const groupBy = query.group_by?.split(',').filter((name) => name !== '') ?? [];
    const { evaluation, version, timeZone } = unwrap(
      await this.ask.prepare({
        agreementId: query.agreement_id,
        meter: query.meter,
        version: query.version,
        range: { startMs: query.from, endMs: query.to },
        granularity: query.granularity,
        timeZone: query.time_zone,
        groupBy,
        filter: query.filter ?? {},
      }),
    );
    const points = unwrap(await this.usage.evaluate(evaluation));
    const { windows, definition } = evaluation;
    return {
      agreement_id: query.agreement_id,
      meter: query.meter,
      version,
      aggregation: definition.aggregation,
      unit: definition.unit,
      granularity: query.granularity,
      time_zone: timeZone,
      data: points.map((point) => ({
        window_start: formatInstant(windows[point.window]?.startMs ?? 0),
        window_end: formatInstant(windows[point.window]?.endMs ?? 0),
        group: Object.fromEntries(groupBy.map((name, at) => [name, point.groups[at] ?? null])),
        value: point.value,
        events: point.events,
      })),
    };
  }
}
