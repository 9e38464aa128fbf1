import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import {
  afterCursor,
  Allow,
  Caller,
  type CallerIdentity,
  cursorPage,
  everyone,
  Idempotent,
  type Page,
  pageOf,
} from '@hetao/runtime';
import { EntitlementQueries } from '../entitlement/entitlement.queries.js';
import { type MeterDto, meterDto, metersQuery, newMeter, toDefinition, toMeterDto } from './meter.dto.js';
import { Meters } from './meter.use-cases.js';

@Controller('v1/usage/meters')
export class MeterController {
  constructor(
    private readonly meters: Meters,
    private readonly entitlements: EntitlementQueries,
  ) {}

  @Post()
  @Allow('operator', 'merchant')
  @Idempotent()
  @ApiOperation({ summary: 'Publish the next version of a meter; it binds the agreements that are concluded after it' })
  @ApiCreatedResponse({ standardSchema: meterDto })
  async publishMeter(
    @Body({ schema: newMeter }) body: z.output<typeof newMeter>,
    @Caller() caller: CallerIdentity,
  ): Promise<MeterDto> {
    return toMeterDto(unwrap(await this.meters.publish(toDefinition(body), caller)));
  }

  @Get()
  @Allow(...everyone)
  @ApiOperation({
    summary: 'What meters mean: the exchange’s definitions and one’s own, or those that bind an agreement',
  })
  @ApiOkResponse({ standardSchema: pageOf(meterDto).meta({ id: 'MeterPage' }) })
  async listMeters(
    @Query({ schema: metersQuery }) query: z.output<typeof metersQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<MeterDto>> {
    const { agreement_id: agreementId, limit } = query;
    if (agreementId !== undefined) {
      await this.entitlements.assertReadable(caller, agreementId);
      // An agreement names at most fifty meters: they are one page.
      const binding = await this.meters.binding(agreementId);
      return { data: binding.map(toMeterDto), next_cursor: null, has_more: false };
    }
    const [owner, meter, version] = afterCursor(query.cursor) ?? [];
    const after = version === undefined ? undefined : ([String(owner), String(meter), Number(version)] as const);
    const rows = await this.meters.list(caller, after, limit + 1);
    const page = cursorPage(rows, limit, (row) => [row.ownerId ?? '', row.meter, row.version]);
    return { ...page, data: page.data.map(toMeterDto) };
  }
}
