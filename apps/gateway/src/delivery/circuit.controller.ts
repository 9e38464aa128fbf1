import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { seesEveryTenant } from '@hetao/kernel';
import {
  afterCursor,
  Allow,
  Caller,
  cursorPage,
  cursorQuery,
  pageOf,
  Scope,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import { z } from 'zod';
import { MerchantCircuits, type CircuitReading } from './merchant-circuits.register.js';

const circuitDto = z
  .object({
    product_id: z.string(),
    merchant_id: z.string(),
    state: z.enum(['closed', 'open', 'half_open']).describe('Open: nothing is passed on until `retry_at`'),
    failures: z.int().describe('Calls in a row that got no answer'),
    last_fault: z.string(),
    opened_at: z.iso.datetime().nullable(),
    retry_at: z.iso.datetime().nullable().describe('From then on one call at a time tries the service'),
  })
  .meta({ id: 'DeliveryCircuit' });
type CircuitDto = z.output<typeof circuitDto>;
const circuitPageDto = pageOf(circuitDto).meta({ id: 'DeliveryCircuitPage' });

/** Which merchants' services fail, as the process that is asked sees it. */
@ApiTags('deliveries')
@Controller('v1/delivery-circuits')
@Allow('merchant', 'operator', 'auditor')
export class CircuitController {
  readonly #circuits: MerchantCircuits;

  constructor(circuits: MerchantCircuits) {
    this.#circuits = circuits;
  }

  @Get()
  @Scope('delivery:read', 'delivery:write')
  @ApiOperation({ summary: 'List merchants’ services that failed last: a merchant’s own, for the exchange all' })
  @ApiOkResponse({ standardSchema: circuitPageDto })
  listDeliveryCircuits(
    @Query({ schema: cursorQuery }) query: z.output<typeof cursorQuery>,
    @Caller() caller: CallerIdentity,
  ): Page<CircuitDto> {
    const after = afterCursor(query.cursor, {})?.[0] ?? '';
    const seen = this.#circuits
      .list()
      .filter((one) => seesEveryTenant(caller) || one.merchantId === caller.organisationId)
      .filter((one) => one.productId > after)
      .slice(0, query.limit + 1);
    return cursorPage(seen.map(toDto), query.limit, (one) => [one.product_id], {});
  }
}

function toDto({ productId, merchantId, state, failures, lastFault, openedAt, retryAt }: CircuitReading): CircuitDto {
  return {
    ...{ product_id: productId, merchant_id: merchantId, state, failures, last_fault: lastFault },
    opened_at: openedAt?.toISOString() ?? null,
    retry_at: retryAt?.toISOString() ?? null,
  };
}
