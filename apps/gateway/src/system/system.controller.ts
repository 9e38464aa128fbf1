import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, Caller, Scope, type CallerIdentity } from '@hetao/runtime';
import { systemStandingDto, type SystemStandingDto } from './system.dto.js';
import { SystemQueries } from './system.queries.js';

/** Whether the exchange works, for those who run it. */
@ApiTags('operations')
@Controller('v1/system')
export class SystemController {
  readonly #queries: SystemQueries;

  constructor(queries: SystemQueries) {
    this.#queries = queries;
  }

  @Get()
  @Allow('operator', 'auditor')
  @Scope('identity:read', 'identity:write')
  @ApiOperation({ summary: 'Read how every service stands: readiness, waiting events, jobs; asked of each now' })
  @ApiOkResponse({ standardSchema: systemStandingDto })
  getSystem(@Caller() caller: CallerIdentity): Promise<SystemStandingDto> {
    return this.#queries.standing(caller);
  }
}
