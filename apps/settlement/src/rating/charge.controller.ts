import { Allow, Caller, everyone, type CallerIdentity, type Page } from '@hetao/runtime';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { chargePageDto, chargeQueryDto, type ChargeDto, type ChargeQueryDto } from './charge.dto.js';
import { ChargeQueries } from './charge.queries.js';

@ApiTags('settlement')
@Controller('v1/charges')
export class ChargeController {
  readonly #charges: ChargeQueries;

  constructor(charges: ChargeQueries) {
    this.#charges = charges;
  }

  @Get()
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: chargePageDto })
  listCharges(
    @Query({ schema: chargeQueryDto }) query: ChargeQueryDto,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<ChargeDto>> {
    return this.#charges.list(query, caller);
  }
}
