import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import { Allow } from '@hetao/runtime';
import { billingPeriod } from '../period/billing-period.js';
import { CompletenessQueries, type CompletenessHour } from './completeness.queries.js';

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
  })
  .meta({ id: 'UsageCompleteness' });
type CompletenessDto = z.infer<typeof completenessDto>;
type Counts = Omit<CompletenessDto, 'period' | 'hours' | 'balanced'>;

const completenessQuery = z.object({ period: z.string().max(20).describe('Month of receipt, YYYY-MM, UTC') });

@Controller('v1/usage/completeness')
export class CompletenessController {
  constructor(private readonly completeness: CompletenessQueries) {}

  @Get()
  @Allow('operator', 'auditor')
  @ApiOperation({ summary: 'The completeness equation by hour of receipt' })
  @ApiOkResponse({ standardSchema: completenessDto })
  async getUsageCompleteness(
    @Query({ schema: completenessQuery }) query: z.output<typeof completenessQuery>,
  ): Promise<CompletenessDto> {
    const { startMs, endMs } = unwrap(billingPeriod(query.period, 'UTC'));
    const hours = await this.completeness.hours(startMs, endMs);
    const total = hours.reduce(add, NOTHING);
    return {
      period: query.period,
      ...total,
      balanced: isBalanced(total),
      hours: hours.map(({ hour, ...one }) => ({ hour: hour.toISOString(), ...one, balanced: isBalanced(one) })),
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

function add(sum: Counts, hour: CompletenessHour): Counts {
  return {
    requests: sum.requests + hour.requests,
    received: sum.received + hour.received,
    accepted: sum.accepted + hour.accepted,
    duplicates: sum.duplicates + hour.duplicates,
    conflicts: sum.conflicts + hour.conflicts,
    rejected: sum.rejected + hour.rejected,
    stored: sum.stored + hour.stored,
  };
}

function isBalanced(one: Counts): boolean {
  const answered = one.accepted + one.duplicates + one.conflicts + one.rejected;
  return one.received === answered && one.accepted === one.stored;
}
