import { Readable } from 'node:stream';
import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces } from '@nestjs/swagger';
import { z } from 'zod';
import { DomainException } from '@hetao/kernel';
import { Allow, Caller, type CallerIdentity, everyone } from '@hetao/runtime';
import { EntitlementQueries } from '../entitlement/entitlement.queries.js';
import { usageQueryErrors } from './usage-query.errors.js';
import { UsageTails } from './usage-tail.queries.js';

const tailQuery = z.object({ agreement_id: z.string().min(1).max(64) });

@Controller('v1/usage/tail')
export class UsageTailController {
  constructor(
    private readonly tails: UsageTails,
    private readonly entitlements: EntitlementQueries,
  ) {}

  @Get()
  @Allow(...everyone)
  @ApiOperation({ summary: 'Usage of an agreement as it is counted, as server-sent events, for ten minutes at most' })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: 'Events: usage, left-out, end' })
  async tailUsage(
    @Query({ schema: tailQuery }) { agreement_id: agreementId }: z.output<typeof tailQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<StreamableFile> {
    await this.entitlements.assertReadable(caller, agreementId);
    if (!this.tails.hasRoom(caller.organisationId)) {
      throw new DomainException(usageQueryErrors.USAGE_TAILS_EXHAUSTED('No further tail can be opened now.'));
    }
    const stream = Readable.from(this.tails.follow(agreementId, caller.organisationId), { objectMode: false });
    return new StreamableFile(stream, { type: 'text/event-stream' });
  }
}
