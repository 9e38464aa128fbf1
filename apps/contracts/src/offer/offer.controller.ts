import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { unwrap, type Clock } from '@hetao/kernel';
import {
  Allow,
  Caller,
  CLOCK,
  everyone,
  Idempotent,
  idParam,
  Repeatable,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import {
  newOfferDto,
  offerDto,
  offerPageDto,
  offerQueryDto,
  toOfferDto,
  toTerms,
  type NewOfferDto,
  type OfferDto,
  type OfferQueryDto,
} from './offer.dto.js';
import { OfferQueries } from './offer.queries.js';
import { PublishOffer, WithdrawOffer } from './offer.use-cases.js';

/** What merchants offer: a product at a price, under a policy, for a time. */
@ApiTags('offers')
@Controller('v1/offers')
export class OfferController {
  readonly #publish: PublishOffer;
  readonly #withdraw: WithdrawOffer;
  readonly #offers: OfferQueries;
  readonly #clock: Clock;

  constructor(publish: PublishOffer, withdraw: WithdrawOffer, offers: OfferQueries, @Inject(CLOCK) clock: Clock) {
    this.#publish = publish;
    this.#withdraw = withdraw;
    this.#offers = offers;
    this.#clock = clock;
  }

  @Post()
  @Allow('merchant')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: offerDto })
  async publishOffer(
    @Body({ schema: newOfferDto }) body: NewOfferDto,
    @Caller() caller: CallerIdentity,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OfferDto> {
    const offer = unwrap(await this.#publish.execute(body.product_id, toTerms(body), caller));
    void reply.header('location', `/v1/offers/${offer.id}`);
    return toOfferDto(offer, this.#clock.now());
  }

  @Get()
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: offerPageDto })
  listOffers(
    @Query({ schema: offerQueryDto }) query: OfferQueryDto,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<OfferDto>> {
    return this.#offers.list(query, caller);
  }

  @Get(':id')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: offerDto })
  async getOffer(@Param('id', idParam('off')) id: string, @Caller() caller: CallerIdentity): Promise<OfferDto> {
    return unwrap(await this.#offers.get(id, caller));
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @Allow('merchant')
  @Repeatable()
  @ApiOkResponse({ standardSchema: offerDto })
  async withdrawOffer(@Param('id', idParam('off')) id: string, @Caller() caller: CallerIdentity): Promise<OfferDto> {
    return toOfferDto(unwrap(await this.#withdraw.execute(id, caller)), this.#clock.now());
  }
}
