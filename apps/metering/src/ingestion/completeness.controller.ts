import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import { Allow } from '@hetao/runtime';
import { billingPeriod } from '../period/billing-period.js';
import { CompletenessQueries, type CompletenessRow, type LogReading } from './completeness.queries.js';
import { usagePackTopic } from './pack/pack-topic.js';

const count = z.int().nonnegative();
const counts = {
  requests: count,
  received: count,
  accepted: count,
  duplicates: count,
  conflicts: count,
  rejected: count,
  stored: count.describe('Raw events found on disk, counted one by one'),
  balanced: z.boolean().describe('received = accepted + duplicates + conflicts + rejected, and accepted = stored'),
};
const completenessDto = z
  .object({
    period: z.string().describe('Month of receipt, UTC'),
    ...counts,
    hours: z.array(z.object({ hour: z.string(), ...counts })).max(745),
    partitions: z
      .array(z.object({ hour: z.string(), partition: z.int().nullable(), ...counts }))
      .describe('The same by partition of the log; null: came without one'),
    log: z
      .array(z.object({ partition: z.int(), records: count, batches: count, balanced: z.boolean() }))
      .describe('Records of the log that were read, over all time, and the batches counted from them'),
  })
  .meta({ id: 'UsageCompleteness' });
type CompletenessDto = z.infer<typeof completenessDto>;
type Counts = Omit<CompletenessDto['hours'][number], 'hour' | 'balanced'>;

const completenessQuery = z.object({ period: z.string().max(20).describe('Month of receipt, YYYY-MM, UTC') });

@Controller('v1/usage/completeness')
export class CompletenessController {
  constructor(private readonly completeness: CompletenessQueries) {}

  @Get()
  @Allow('operator', 'auditor')
  @ApiOperation({ summary: 'The completeness equation by hour of receipt and partition of the log' })
  @ApiOkResponse({ standardSchema: completenessDto })
  async getUsageCompleteness(
    @Query({ schema: completenessQuery }) query: z.output<typeof completenessQuery>,
  ): Promise<CompletenessDto> {
    const { startMs, endMs } = unwrap(billingPeriod(query.period, 'UTC'));
    const rows = await this.completeness.rows(startMs, endMs);
    const log = await this.completeness.log(usagePackTopic.name);
    const total = rows.reduce(add, NOTHING);
    const hours = Map.groupBy(rows, ({ hour }) => hour.toISOString());
    return {
      period: query.period,
      ...total,
      balanced: isBalanced(total) && log.every(isRead),
      hours: [...hours].map(([hour, ofHour]) => ({ hour, ...withBalance(ofHour.reduce(add, NOTHING)) })),
      partitions: rows.map(({ hour, partition, ...one }) => ({
        hour: hour.toISOString(),
        partition,
        ...withBalance(one),
      })),
      log: log.map((reading) => ({ ...reading, balanced: isRead(reading) })),
    };
  }
}

const NOTHING: Counts = {
  requests: 0,
  received: 0,
  accepted: 0,
  duplicates: 0,
  conflicts: 0,
  rejected: 0,
  stored: 0,
};

function add(sum: Counts, row: CompletenessRow): Counts {
  return {
    requests: sum.requests + row.requests,
    received: sum.received + row.received,
    accepted: sum.accepted + row.accepted,
    duplicates: sum.duplicates + row.duplicates,
    conflicts: sum.conflicts + row.conflicts,
    rejected: sum.rejected + row.rejected,
    stored: sum.stored + row.stored,
  };
}

function withBalance(one: Counts): Counts & { balanced: boolean } {
  return { ...one, balanced: isBalanced(one) };
}

function isBalanced(one: Counts): boolean {
  const answered = one.accepted + one.duplicates + one.conflicts + one.rejected;
  return one.received === answered && one.accepted === one.stored;
}

function isRead({ records, batches }: LogReading): boolean {
  return records === batches;
}
