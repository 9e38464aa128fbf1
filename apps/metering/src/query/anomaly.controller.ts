import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { DomainException, unwrap } from '@hetao/kernel';
import { Allow, Caller, type CallerIdentity, everyone, SERVICE_CONFIG } from '@hetao/runtime';
import { EntitlementQueries } from '../entitlement/entitlement.queries.js';
import type { MeteringConfig } from '../metering.config.js';
import { offsetOf } from '../window/calendar.js';
import { formatInstant, msPerDay } from '../window/instant.js';
import { AnomalyQueries, type JudgedHour } from './anomaly.queries.js';
import { rangeFields } from './usage-query.dto.js';
import { usageQueryErrors } from './usage-query.errors.js';
import { UsageQueries } from './usage-query.queries.js';

const MAX_DAYS = 8;

const anomalyQuery = z.object({
  ...rangeFields,
  meter: z.string().min(1).max(64),
  time_zone: z.string().min(1).max(64).optional(),
  all: z.enum(['true', 'false']).default('false').describe('Also the hours that are as usual'),
});

const judgedHourDto = z.object({
  window_start: z.string(),
  window_end: z.string(),
  value: z.string(),
  is_anomalous: z.boolean(),
  median: z.string(),
  deviation: z.string().describe('Median of the distances of the weeks from their median'),
  score: z.string().nullable().describe('0.6745 × distance ÷ deviation; odd above 3.5'),
  reason: z.string(),
  weeks: z.array(z.object({ window_start: z.string(), value: z.string() })).describe('The evidence, latest week first'),
});

const anomaliesDto = z
  .object({ agreement_id: z.string(), meter: z.string(), time_zone: z.string(), data: z.array(judgedHourDto) })
  .meta({ id: 'UsageAnomalies' });

@Controller('v1/usage/anomalies')
export class AnomalyController {
  constructor(
    private readonly anomalies: AnomalyQueries,
    private readonly usage: UsageQueries,
    private readonly entitlements: EntitlementQueries,
    @Inject(SERVICE_CONFIG) private readonly config: MeteringConfig,
  ) {}

  @Get()
  @Allow(...everyone)
  @ApiOperation({ summary: 'Hours that differ from the same hour of earlier weeks, with what they were judged by' })
  @ApiOkResponse({ standardSchema: anomaliesDto })
  async listUsageAnomalies(
    @Query({ schema: anomalyQuery }) query: z.output<typeof anomalyQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof anomaliesDto>> {
    const { agreement_id: agreementId, meter, from: startMs, to: endMs } = query;
    await this.entitlements.assertReadable(caller, agreementId);
    const timeZone = query.time_zone ?? this.config.METERING_TIME_ZONE;
    const offsetAt = offsetOf(timeZone);
    if (!offsetAt || startMs >= endMs || endMs - startMs > MAX_DAYS * msPerDay) {
      const detail = offsetAt
        ? `The time must be positive and at most ${MAX_DAYS} days.`
        : `No time zone "${timeZone}".`;
      throw new DomainException(
        usageQueryErrors.USAGE_QUERY_INVALID(detail, { pointer: offsetAt ? '/to' : '/time_zone' }),
      );
    }
    const hours = unwrap(
      await this.usage.bounded((client) =>
        this.anomalies.judge(client, { agreementId, meter }, { startMs, endMs }, offsetAt),
      ),
    );
    const shown = query.all === 'true' ? hours : hours.filter((hour) => hour.isAnomalous);
    return { agreement_id: agreementId, meter, time_zone: timeZone, data: shown.map(toDto) };
  }
}

function toDto(hour: JudgedHour): z.output<typeof judgedHourDto> {
  return {
    window_start: formatInstant(hour.window.startMs),
    window_end: formatInstant(hour.window.endMs),
    value: hour.value.toString(),
    is_anomalous: hour.isAnomalous,
    median: hour.median.toString(),
    deviation: hour.deviation.toString(),
    score: hour.score?.toString() ?? null,
    reason: hour.reason,
    weeks: hour.weeks.map(({ startMs, value }) => ({ window_start: formatInstant(startMs), value: value.toString() })),
  };
}
