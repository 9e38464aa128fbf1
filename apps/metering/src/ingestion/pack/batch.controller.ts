import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { DomainException, seesEveryTenant } from '@hetao/kernel';
import { Allow, Caller, type CallerIdentity, idParam } from '@hetao/runtime';
import { joinReceipts } from '../submission.types.js';
import { usageBodyErrors } from '../usage-event.errors.js';
import { BatchQueries } from './batch.queries.js';

const count = z.int().nonnegative();

const batchDto = z
  .object({
    batch_id: z.string(),
    packs: count.describe('Parts of the request that are counted'),
    received: count,
    accepted: count,
    duplicates: count,
    conflicts: count,
    rejected: count,
    not_accepted: z
      .array(
        z.object({
          index: count.describe('Place among the readable events of the request, from 0'),
          status: z.string(),
          code: z.string().optional(),
          detail: z.string().optional(),
          fix: z.string().optional(),
          pointer: z.string().optional(),
        }),
      )
      .describe('Kept for requests that went through a log'),
  })
  .meta({ id: 'UsageBatch' });

/** What became of a request, for senders that were answered before it was counted. */
@Controller('v1/usage/batches')
export class BatchController {
  constructor(private readonly batches: BatchQueries) {}

  @Get(':id')
  @Allow('merchant', 'system', 'operator', 'auditor')
  @ApiOperation({ summary: 'What became of a request' })
  @ApiOkResponse({ standardSchema: batchDto })
  async getUsageBatch(
    @Param('id', idParam('bat')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<z.infer<typeof batchDto>> {
    const found = await this.batches.ofRequest(id);
    const parts = found.filter(({ senderId }) => seesEveryTenant(caller) || senderId === caller.organisationId);
    if (parts.length === 0) {
      throw new DomainException(usageBodyErrors.USAGE_BATCH_NOT_FOUND(`No batch ${id} of yours is counted yet.`));
    }
    const { counts, outcomes } = joinReceipts(parts.map((part) => ({ ...part, pending: 0 })));
    const faults = outcomes.flatMap((outcome, index) => {
      if (outcome.status === 'accepted') return [];
      return [{ index, status: outcome.status, ...('error' in outcome ? outcome.error : {}) }];
    });
    return { batch_id: id, packs: parts.length, ...counts, not_accepted: faults };
  }
}
