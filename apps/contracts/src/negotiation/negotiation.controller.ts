import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { unwrap } from '@hetao/kernel';
import {
  Allow,
  Caller,
  cursorQuery,
  everyone,
  Idempotent,
  idParam,
  Repeatable,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import type { z } from 'zod';
import {
  counterOfferDto,
  newRequestDto,
  offerToPeerDto,
  offerMadePageDto,
  refusalDto,
  requestDto,
  requestPageDto,
  requestQueryDto,
  toCounter,
  toRequestDto,
  type CounterOfferDto,
  type NewRequestDto,
  type OfferMadeDto,
  type OfferToPeerDto,
  type RefusalDto,
  type RequestDto,
  type RequestQueryDto,
} from './negotiation.dto.js';
import { NegotiationQueries } from './negotiation.queries.js';
import { AnswerRequest, RequestAccess, type RequestOrder } from './negotiation.use-cases.js';
import { NegotiateWithPeer } from './peer-negotiation.use-cases.js';

/**
 * A buyer asks for access under an offer; the two make offers to each other until one agrees or breaks off. Requests of
 * peers are among them: the merchant answers those the same way.
 */
@ApiTags('access requests')
@Controller('v1/access-requests')
export class NegotiationController {
  readonly #request: RequestAccess;
  readonly #answer: AnswerRequest;
  readonly #requests: NegotiationQueries;
  readonly #peers: NegotiateWithPeer;

  constructor(request: RequestAccess, answer: AnswerRequest, requests: NegotiationQueries, peers: NegotiateWithPeer) {
    this.#request = request;
    this.#answer = answer;
    this.#requests = requests;
    this.#peers = peers;
  }

  @Post()
  @Allow('buyer')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: requestDto })
  async requestAccess(
    @Body({ schema: newRequestDto }) body: NewRequestDto,
    @Caller() caller: CallerIdentity,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RequestDto> {
    const use = { purpose: body.purpose, placeOfUse: body.place_of_use };
    const request = unwrap(await this.#request.execute(body.offer_id, use, caller));
    void reply.header('location', `/v1/access-requests/${request.id}`);
    return toRequestDto(request);
  }

  @Post('offers')
  @Allow('merchant')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: requestDto })
  async offerToPeer(
    @Body({ schema: offerToPeerDto }) body: OfferToPeerDto,
    @Caller() caller: CallerIdentity,
  ): Promise<RequestDto> {
    const contact = unwrap(await this.#peers.contacts.of(body.peer_id));
    return toRequestDto(unwrap(await this.#peers.offer(body.offer_id, contact, caller)));
  }

  @Get()
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: requestPageDto })
  listAccessRequests(
    @Query({ schema: requestQueryDto }) query: RequestQueryDto,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<RequestDto>> {
    return this.#requests.list(query, caller);
  }

  @Get(':id')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: requestDto })
  async getAccessRequest(
    @Param('id', idParam('req')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<RequestDto> {
    return unwrap(await this.#requests.get(id, caller));
  }

  @Get(':id/offers')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: offerMadePageDto })
  async listOffersMade(
    @Param('id', idParam('req')) id: string,
    @Query({ schema: cursorQuery }) query: z.output<typeof cursorQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<OfferMadeDto>> {
    return unwrap(await this.#requests.offers(id, query, caller));
  }

  @Post(':id/counter-offer')
  @HttpCode(200)
  @Allow('merchant', 'buyer')
  @Idempotent()
  @ApiOkResponse({ standardSchema: requestDto })
  makeCounterOffer(
    @Param('id', idParam('req')) id: string,
    @Body({ schema: counterOfferDto }) body: CounterOfferDto,
    @Caller() caller: CallerIdentity,
  ): Promise<RequestDto> {
    return this.#order(id, { command: 'counter_offer', counter: toCounter(body) }, caller);
  }

  @Post(':id/accept')
  @HttpCode(200)
  @Allow('buyer')
  @Repeatable()
  @ApiOkResponse({ standardSchema: requestDto })
  acceptOfferMade(@Param('id', idParam('req')) id: string, @Caller() caller: CallerIdentity): Promise<RequestDto> {
    return this.#order(id, { command: 'accept' }, caller);
  }

  @Post(':id/agree')
  @HttpCode(200)
  @Allow('merchant')
  @Repeatable()
  @ApiOkResponse({ standardSchema: requestDto })
  agreeToAccess(@Param('id', idParam('req')) id: string, @Caller() caller: CallerIdentity): Promise<RequestDto> {
    return this.#order(id, { command: 'agree' }, caller);
  }

  @Post(':id/decline')
  @HttpCode(200)
  @Allow('merchant')
  @Repeatable()
  @ApiOkResponse({ standardSchema: requestDto })
  declineAccess(
    @Param('id', idParam('req')) id: string,
    @Body({ schema: refusalDto }) { reason }: RefusalDto,
    @Caller() caller: CallerIdentity,
  ): Promise<RequestDto> {
    return this.#order(id, { command: 'decline', reason }, caller);
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @Allow('buyer')
  @Repeatable()
  @ApiOkResponse({ standardSchema: requestDto })
  withdrawAccessRequest(
    @Param('id', idParam('req')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<RequestDto> {
    return this.#order(id, { command: 'withdraw', reason: null }, caller);
  }

  async #order(id: string, order: RequestOrder, caller: CallerIdentity): Promise<RequestDto> {
    return toRequestDto(unwrap(await this.#answer.execute(id, order, caller)));
  }
}
