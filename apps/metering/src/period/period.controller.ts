import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import { Allow, everyone, SERVICE_CONFIG } from '@hetao/runtime';
import type { MeteringConfig } from '../metering.config.js';
import { ClosePeriod } from './close-period.use-cases.js';
import {
  closedPeriodDto,
  type ClosePeriodDto,
  closePeriodDto,
  openPeriodDto,
  type UsagePeriodDto,
  usagePeriodDto,
} from './period.dto.js';
import { PeriodQueries } from './period.queries.js';

@Controller('v1/usage/periods/:period')
export class PeriodController {
  constructor(
    private readonly closePeriod: ClosePeriod,
    private readonly periods: PeriodQueries,
    @Inject(SERVICE_CONFIG) private readonly config: MeteringConfig,
  ) {}

  @Get()
  @Allow(...everyone)
  @ApiOperation({ summary: 'State of a month' })
  @ApiOkResponse({ standardSchema: usagePeriodDto })
  async getUsagePeriod(@Param('period') period: string): Promise<UsagePeriodDto> {
    const state = unwrap(await this.periods.find(period));
    return 'closed' in state ? closedPeriodDto(state.closed) : openPeriodDto(state.open);
  }

  @Post('close')
  @HttpCode(200)
  @Allow('operator')
  @ApiOperation({ summary: 'Close a month: count it for good and publish it. Repeating it changes nothing' })
  @ApiOkResponse({ standardSchema: usagePeriodDto })
  async closeUsagePeriod(
    @Param('period') period: string,
    @Body({ schema: closePeriodDto.optional() }) body: ClosePeriodDto | undefined,
  ): Promise<UsagePeriodDto> {
    const timeZone = body?.time_zone ?? this.config.METERING_TIME_ZONE;
    return closedPeriodDto(unwrap(await this.closePeriod.execute(period, timeZone)));
  }
}
