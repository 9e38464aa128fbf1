import { DomainException, unwrap } from '@hetao/kernel';
import { Allow, Caller, type CallerIdentity, type Page } from '@hetao/runtime';
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  gainPageDto,
  gainQueryDto,
  rateImportDto,
  ratePageDto,
  rateQueryDto,
  toRateImportDto,
  type GainDto,
  type GainQueryDto,
  type RateDto,
  type RateImportDto,
  type RateQueryDto,
} from './fx.dto.js';
import { fxErrors } from './fx.errors.js';
import { FxQueries } from './fx.queries.js';
import { ImportRates } from './import-rates.use-case.js';

@ApiTags('settlement')
@Controller('v1/settlement/fx')
@Allow('operator', 'auditor', 'system')
export class FxController {
  readonly #import: ImportRates;
  readonly #queries: FxQueries;

  constructor(importRates: ImportRates, queries: FxQueries) {
    this.#import = importRates;
    this.#queries = queries;
  }

  /** Takes rates in: the ECB's daily XML, or CSV. No Idempotency-Key: the file's hash is the key. */
  @Post('rates')
  @HttpCode(200)
  @Allow('operator', 'system')
  @ApiConsumes('application/xml', 'text/csv')
  @ApiBody({
    description: 'ECB eurofxref XML, or CSV with the header date,base,quote,side,rate,inverse,source',
    schema: { type: 'string', format: 'binary' },
  })
  @ApiOkResponse({ standardSchema: rateImportDto })
  async importRates(@Body() body: unknown, @Caller() caller: CallerIdentity): Promise<RateImportDto> {
    if (!(body instanceof Uint8Array)) {
      throw new DomainException(fxErrors.RATE_FILE_MALFORMED('The body is neither XML nor CSV.'));
    }
    const first = new TextDecoder()
      .decode(body.subarray(0, 16))
      .replace(/^\uFEFF/u, '')
      .trimStart();
    const format = first.startsWith('<') ? 'ecb' : 'csv';
    return toRateImportDto(unwrap(await this.#import.execute(body, format, caller.subject)));
  }

  @Get('rates')
  @ApiOkResponse({ standardSchema: ratePageDto })
  listRates(@Query({ schema: rateQueryDto }) query: RateQueryDto): Promise<Page<RateDto>> {
    return this.#queries.rates(query);
  }

  @Get('gains')
  @ApiOkResponse({ standardSchema: gainPageDto })
  listGains(@Query({ schema: gainQueryDto }) query: GainQueryDto): Promise<Page<GainDto>> {
    return this.#queries.gains(query);
  }
}
