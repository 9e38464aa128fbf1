import { Body, Controller, Get, Param, Put, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, idParam, Scope, type CallerIdentity } from '@hetao/runtime';
import { CallerRegister } from '../session/caller.register.js';
import { ConnectProduct } from './connect-product.use-cases.js';
import {
  endpointDraftDto,
  endpointDto,
  toEndpointDto,
  type EndpointDraftDto,
  type EndpointDto,
} from './endpoint.dto.js';
import { EndpointQueries } from './endpoint.queries.js';

/** Where merchants serve their products. */
@ApiTags('deliveries')
@Controller('v1/delivery-endpoints')
@Allow('merchant')
export class EndpointController {
  readonly #connect: ConnectProduct;
  readonly #endpoints: EndpointQueries;
  readonly #register: CallerRegister;

  constructor(connect: ConnectProduct, endpoints: EndpointQueries, register: CallerRegister) {
    this.#connect = connect;
    this.#endpoints = endpoints;
    this.#register = register;
  }

  @Put(':product_id')
  @Scope('delivery:write')
  @ApiOperation({ summary: 'Say where the exchange reaches your product' })
  @ApiOkResponse({ standardSchema: endpointDto })
  async connectProduct(
    @Param('product_id', idParam('prd')) productId: string,
    @Body({ schema: endpointDraftDto }) body: EndpointDraftDto,
    @Req() request: FastifyRequest,
  ): Promise<EndpointDto> {
    return toEndpointDto(unwrap(await this.#connect.execute(productId, body, this.#register.actorOf(request))));
  }

  @Get(':product_id')
  @Scope('delivery:read', 'delivery:write')
  @ApiOperation({ summary: 'Read where the exchange reaches your product' })
  @ApiOkResponse({ standardSchema: endpointDto })
  async getEndpoint(
    @Param('product_id', idParam('prd')) productId: string,
    @Caller() caller: CallerIdentity,
  ): Promise<EndpointDto> {
    return toEndpointDto(unwrap(await this.#endpoints.get(productId, caller.organisationId)));
  }
}
