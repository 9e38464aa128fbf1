import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { UnitOfWork } from '@hetao/persistence';
import {
  afterCursor,
  Allow,
  Caller,
  type CallerIdentity,
  cursorPage,
  everyone,
  type Page,
  pageOf,
} from '@hetao/runtime';
import { EntitlementQueries } from '../entitlement/entitlement.queries.js';
import { formatInstant } from '../window/instant.js';
import { earliestMs, latestMs, windowsQuery } from '../window/usage-window.dto.js';
import { type Variance, VarianceQueries } from './variance.queries.js';

const varianceDto = z
  .object({
    window_start: z.string().describe('Start of the hour, UTC'),
    meter: z.string(),
    merchant: z.string().describe('What the merchant reported; exact decimal'),
    gateway: z.string().describe("What the exchange's gateway counted; exact decimal"),
    difference: z.string().describe('merchant minus gateway'),
    share: z
      .string()
      .nullable()
      .describe('difference / gateway, to six places; null where the gateway counted nothing'),
  })
  .meta({ id: 'UsageVariance' });
type VarianceDto = z.infer<typeof varianceDto>;

const side = z.enum(['merchant', 'gateway']);
const recordSideDto = z
  .object({ agreement_id: z.string(), record_side: side.describe('Whose count is billed from now on') })
  .meta({ id: 'UsageRecordSide' });
const newRecordSide = z
  .strictObject({ agreement_id: z.string().min(1).max(200), record_side: side })
  .meta({ id: 'NewUsageRecordSide' });

/** Two counts of the same use, by those who have opposite interests in it. */
@Controller('v1/usage/variance')
export class VarianceController {
  constructor(
    private readonly variance: VarianceQueries,
    private readonly entitlements: EntitlementQueries,
    private readonly uow: UnitOfWork,
  ) {}

  @Get()
  @Allow(...everyone)
  @ApiOperation({ summary: "The merchant's count beside the gateway's, hour by hour" })
  @ApiOkResponse({ standardSchema: pageOf(varianceDto).meta({ id: 'UsageVariancePage' }) })
  async listUsageVariance(
    @Query({ schema: windowsQuery }) query: z.output<typeof windowsQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<VarianceDto>> {
    const { agreement_id: agreementId, from: fromMs = earliestMs, to: untilMs = latestMs, limit } = query;
    await this.entitlements.assertReadable(caller, agreementId);
    const filter = { agreementId, fromMs, untilMs };
    const key = afterCursor(query.cursor, filter);
    const after = key ? ([Number(key[0]), String(key[1])] as const) : undefined;
    const rows = await this.variance.list(agreementId, { fromMs, untilMs, after }, limit + 1);
    const page = cursorPage(rows, limit, (row) => [row.windowStartMs, row.meter], filter);
    return { ...page, data: page.data.map(toDto) };
  }

  @Put('record-side')
  @Allow('operator')
  @ApiOperation({ summary: 'Say whose count of an agreement is billed; what was counted before stays as it is' })
  @ApiOkResponse({ standardSchema: recordSideDto })
  async setUsageRecordSide(
    @Body({ schema: newRecordSide }) body: z.output<typeof newRecordSide>,
    @Caller() caller: CallerIdentity,
  ): Promise<z.infer<typeof recordSideDto>> {
    await this.entitlements.assertReadable(caller, body.agreement_id);
    await this.uow.run((tx) =>
      tx.execute(
        `INSERT INTO usage_agreements (agreement_id, record_side) VALUES ($1, $2)
         ON CONFLICT (agreement_id) DO UPDATE SET record_side = EXCLUDED.record_side`,
        [body.agreement_id, body.record_side],
      ),
    );
    return { agreement_id: body.agreement_id, record_side: await this.variance.recordSide(body.agreement_id) };
  }
}

function toDto({ windowStartMs, meter, merchant, gateway }: Variance): VarianceDto {
  const difference = merchant.minus(gateway);
  return {
    window_start: formatInstant(windowStartMs),
    meter,
    merchant: merchant.toString(),
    gateway: gateway.toString(),
    difference: difference.toString(),
    share: gateway.isZero() ? null : difference.dividedBy(gateway, 6, 'half_even').toString(),
  };
}
