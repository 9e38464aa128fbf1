import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, cursorQuery, everyone, idParam, type CallerIdentity, type Page } from '@hetao/runtime';
import type { z } from 'zod';
import { negotiationHistoryDto, type NegotiationStepDto } from './negotiation-history.dto.js';
import { NegotiationHistoryQueries } from './negotiation-history.queries.js';

type PageQuery = z.output<typeof cursorQuery>;

/** Who said what when, for both kinds of negotiation: what was said is never changed. */
@ApiTags('access requests')
@Controller('v1')
@Allow(...everyone)
export class NegotiationHistoryController {
  readonly #history: NegotiationHistoryQueries;

  constructor(history: NegotiationHistoryQueries) {
    this.#history = history;
  }

  @Get('access-requests/:id/history')
  @ApiOkResponse({ standardSchema: negotiationHistoryDto })
  async getAccessRequestHistory(
    @Param('id', idParam('req')) id: string,
    @Query({ schema: cursorQuery }) query: PageQuery,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<NegotiationStepDto>> {
    return unwrap(await this.#history.read(id, false, query, caller));
  }

  @Get('peer-negotiations/:id/history')
  @ApiOkResponse({ standardSchema: negotiationHistoryDto })
  async getPeerNegotiationHistory(
    @Param('id', idParam('req')) id: string,
    @Query({ schema: cursorQuery }) query: PageQuery,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<NegotiationStepDto>> {
    return unwrap(await this.#history.read(id, true, query, caller));
  }
}
