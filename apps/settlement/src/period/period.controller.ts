import { unwrap } from '@hetao/kernel';
import { Allow, Caller, type CallerIdentity } from '@hetao/runtime';
import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  equationDto,
  periodStatusDto,
  toEquationDto,
  toPeriodStatusDto,
  type EquationDto,
  type PeriodStatusDto,
} from './equation.dto.js';
import { periodInPath } from './period.dto.js';
import { ClosePeriod, ReportPeriod } from './period.use-cases.js';

@ApiTags('settlement')
@Controller('v1/settlement/periods/:period')
@Allow('operator', 'auditor', 'system')
export class PeriodController {
  readonly #report: ReportPeriod;
  readonly #close: ClosePeriod;

  constructor(report: ReportPeriod, close: ClosePeriod) {
    this.#report = report;
    this.#close = close;
  }

  @Get()
  @ApiOkResponse({ standardSchema: periodStatusDto })
  async getSettlementPeriod(@Param('period', periodInPath) period: string): Promise<PeriodStatusDto> {
    return toPeriodStatusDto(unwrap(await this.#report.execute(period)));
  }

  @Get('equation')
  @ApiOkResponse({ standardSchema: equationDto })
  async getPeriodEquation(@Param('period', periodInPath) period: string): Promise<EquationDto> {
    return toEquationDto(unwrap(await this.#report.execute(period)));
  }

  /** Closes the period for good. No Idempotency-Key: the period is the key, and a closed one stays closed. */
  @Post('close')
  @HttpCode(200)
  @Allow('operator', 'system')
  @ApiOkResponse({ standardSchema: periodStatusDto })
  async closeSettlementPeriod(
    @Param('period', periodInPath) period: string,
    @Caller() caller: CallerIdentity,
  ): Promise<PeriodStatusDto> {
    unwrap(await this.#close.execute(period, caller.subject));
    return toPeriodStatusDto(unwrap(await this.#report.execute(period)));
  }
}
