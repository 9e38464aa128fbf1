import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, idParam, Scope, type CallerIdentity } from '@hetao/runtime';
import { ConnectProduct } from './connect-product.use-cases.js';
import {
  endpointDraftDto,
  endpointDto,
  toEndpointDto,
  type EndpointDraftDto,
  type EndpointDto,
} from './endpoint.dto.js';

/** Where merchants serve their products. */
@ApiTags('deliveries')
@Controller('v1/delivery-endpoints')
@Allow('merchant')
export class EndpointController {
  readonly #connect: ConnectProduct;

  constructor(connect: ConnectProduct) {
    this.#connect = connect;
  }

  @Put(':product_id')
  @Scope('delivery:write')
  @ApiOperation({ summary: 'Say where the exchange reaches your product' })
  @ApiOkResponse({ standardSchema: endpointDto })
  async connectProduct(
    @Param('product_id', idParam('prd')) productId: string,
    @Body({ schema: endpointDraftDto }) body: EndpointDraftDto,
    @Caller() caller: CallerIdentity,
  ): Promise<EndpointDto> {
    return toEndpointDto(unwrap(await this.#connect.execute(productId, body, caller.organisationId)));
  }

  @Get(':product_id')
  @Scope('delivery:read', 'delivery:write')
  @ApiOperation({ summary: 'Read where the exchange reaches your product' })
  @ApiOkResponse({ standardSchema: endpointDto })
  async getEndpoint(
    @Param('product_id', idParam('prd')) productId: string,
    @Caller() caller: CallerIdentity,
  ): Promise<EndpointDto> {
    return toEndpointDto(unwrap(await this.#connect.get(productId, caller.organisationId)));
  }
}
