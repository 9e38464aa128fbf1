import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, Caller, everyone, Scope, type CallerIdentity, type Page } from '@hetao/runtime';
import { callPageDto, CallQueries, callQueryDto, type CallDto, type CallQueryDto } from './call.queries.js';

/** What became of the last calls, with the reason of each refusal. */
@ApiTags('deliveries')
@Controller('v1/delivery-calls')
@Allow(...everyone)
export class CallController {
  readonly #calls: CallQueries;

  constructor(calls: CallQueries) {
    this.#calls = calls;
  }

  @Get()
  @Scope('delivery:read', 'delivery:write')
  @ApiOperation({ summary: 'List calls, newest first' })
  @ApiOkResponse({ standardSchema: callPageDto })
  listDeliveryCalls(
    @Query({ schema: callQueryDto }) query: CallQueryDto,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<CallDto>> {
    return this.#calls.list(query, caller);
  }
}
