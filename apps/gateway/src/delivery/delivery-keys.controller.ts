import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public, SERVICE_CONFIG } from '@hetao/runtime';
import { z } from 'zod';
import type { GatewayConfig } from '../gateway.config.js';
import { contextCodec } from './delivery-context.codec.js';

const keysDto = z
  .object({
    keys: z.array(
      z.object({ kty: z.string(), crv: z.string(), x: z.string(), kid: z.string(), alg: z.string(), use: z.string() }),
    ),
  })
  .meta({ id: 'DeliveryKeys' });

/** What merchants check `hetao-context` with. */
@ApiTags('deliveries')
@Controller('v1/delivery-keys')
@Public()
export class DeliveryKeysController {
  readonly #keys: z.output<typeof keysDto>;

  constructor(@Inject(SERVICE_CONFIG) config: GatewayConfig) {
    this.#keys = keysDto.parse({ keys: [contextCodec(config).publicKey] });
  }

  @Get()
  @Header('cache-control', 'public, max-age=300')
  @ApiOperation({ summary: 'Read the key that calls to merchants’ services are signed with (JWKS)' })
  @ApiOkResponse({ standardSchema: keysDto })
  getDeliveryKeys(): z.output<typeof keysDto> {
    return this.#keys;
  }
}
