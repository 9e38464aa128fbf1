import { Allow, everyone, type Page } from '@hetao/runtime';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { TaxRateQueries } from './tax-rate.queries.js';
import { taxRatePageDto, taxRateQueryDto, type TaxRateDto, type TaxRateQueryDto } from './tax-rate.dto.js';

@ApiTags('settlement')
@Controller('v1/settlement/tax-rates')
export class TaxRateController {
  readonly #rates: TaxRateQueries;

  constructor(rates: TaxRateQueries) {
    this.#rates = rates;
  }

  @Get()
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: taxRatePageDto })
  listTaxRates(@Query({ schema: taxRateQueryDto }) query: TaxRateQueryDto): Promise<Page<TaxRateDto>> {
    return this.#rates.list(query);
  }
}
