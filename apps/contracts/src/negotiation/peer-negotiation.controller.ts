import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import {
  Allow,
  Caller,
  everyone,
  Idempotent,
  idParam,
  Repeatable,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import { idOf } from '../dataspace/wire/ids.js';
import {
  acceptPeerOfferDto,
  counterPeerOfferDto,
  newPeerNegotiationDto,
  peerNegotiationDto,
  peerNegotiationPageDto,
  peerNegotiationQueryDto,
  toPeerNegotiationDto,
  toRules,
  withdrawalDto,
  type AcceptPeerOfferDto,
  type CounterPeerOfferDto,
  type NewPeerNegotiationDto,
  type PeerNegotiationDto,
  type PeerNegotiationQueryDto,
  type WithdrawalDto,
} from './peer-negotiation.dto.js';
import { PeerNegotiationQueries } from './peer-negotiation.queries.js';
import { AnswerPeer, NegotiateWithPeer, type PeerOrder } from './peer-negotiation.use-cases.js';

/** Datasets of other exchanges: our buyers ask for them, and take what is offered, in the Dataspace Protocol. */
@ApiTags('peer negotiations')
@Controller('v1/peer-negotiations')
export class PeerNegotiationController {
  readonly #negotiate: NegotiateWithPeer;
  readonly #answer: AnswerPeer;
  readonly #negotiations: PeerNegotiationQueries;

  constructor(negotiate: NegotiateWithPeer, answer: AnswerPeer, negotiations: PeerNegotiationQueries) {
    this.#negotiate = negotiate;
    this.#answer = answer;
    this.#negotiations = negotiations;
  }

  @Post()
  @Allow('buyer', 'operator')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: peerNegotiationDto })
  async askPeer(
    @Body({ schema: newPeerNegotiationDto }) body: NewPeerNegotiationDto,
    @Caller() caller: CallerIdentity,
  ): Promise<PeerNegotiationDto> {
    const { peer, organisationId: merchantId } = unwrap(await this.#negotiate.contacts.of(body.peer_id));
    const isOperator = caller.personas.includes('operator');
    const buyerId = (isOperator ? body.buyer_id : undefined) ?? caller.organisationId;
    const use = { purpose: body.purpose, placeOfUse: body.place_of_use };
    const wire = { id: body.offer_id, rules: toRules(body.rules) };
    const wish = { peer, merchantId, buyerId, datasetId: idOf(body.dataset_id), wire, use };
    return toPeerNegotiationDto(unwrap(await this.#negotiate.ask(wish, caller)), null);
  }

  @Get()
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: peerNegotiationPageDto })
  listPeerNegotiations(
    @Query({ schema: peerNegotiationQueryDto }) query: PeerNegotiationQueryDto,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<PeerNegotiationDto>> {
    return this.#negotiations.list(query, caller);
  }

  @Get(':id')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: peerNegotiationDto })
  async getPeerNegotiation(
    @Param('id', idParam('req')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<PeerNegotiationDto> {
    return unwrap(await this.#negotiations.get(id, caller));
  }

  @Post(':id/accept')
  @HttpCode(200)
  @Allow('buyer', 'operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: peerNegotiationDto })
  acceptPeerOffer(
    @Param('id', idParam('req')) id: string,
    @Body({ schema: acceptPeerOfferDto }) body: AcceptPeerOfferDto,
    @Caller() caller: CallerIdentity,
  ): Promise<PeerNegotiationDto> {
    const { buyer_id: buyerId = null, purpose, place_of_use: placeOfUse } = body;
    const use = purpose === undefined || placeOfUse === undefined ? null : { purpose, placeOfUse };
    return this.#order(id, { command: 'accept', buyerId, use }, caller);
  }

  @Post(':id/counter-offer')
  @HttpCode(200)
  @Allow('buyer', 'operator')
  @Idempotent()
  @ApiOkResponse({ standardSchema: peerNegotiationDto })
  counterPeerOffer(
    @Param('id', idParam('req')) id: string,
    @Body({ schema: counterPeerOfferDto }) { rules, note }: CounterPeerOfferDto,
    @Caller() caller: CallerIdentity,
  ): Promise<PeerNegotiationDto> {
    return this.#order(id, { command: 'counter_offer', rules: toRules(rules), note: note ?? null }, caller);
  }

  @Post(':id/verify')
  @HttpCode(200)
  @Allow('buyer', 'operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: peerNegotiationDto })
  verifyPeerAgreement(
    @Param('id', idParam('req')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<PeerNegotiationDto> {
    return this.#order(id, { command: 'verify' }, caller);
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @Allow('buyer', 'operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: peerNegotiationDto })
  withdrawFromPeer(
    @Param('id', idParam('req')) id: string,
    @Body({ schema: withdrawalDto }) { reason }: WithdrawalDto,
    @Caller() caller: CallerIdentity,
  ): Promise<PeerNegotiationDto> {
    return this.#order(id, { command: 'withdraw', reason }, caller);
  }

  async #order(id: string, order: PeerOrder, caller: CallerIdentity): Promise<PeerNegotiationDto> {
    return toPeerNegotiationDto(unwrap(await this.#answer.execute(id, order, caller)), null);
  }
}
