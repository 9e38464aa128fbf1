import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { DomainException, unwrap } from '@hetao/kernel';
import { httpErrors, Public } from '@hetao/runtime';
import { NegotiateWithPeer } from '../../negotiation/peer-negotiation.use-cases.js';
import { PeerDirectory } from '../peer/peer.directory.js';
import type { Peer } from '../peer/peer.js';
import { RequestTransfer } from '../transfer/order-transfer.use-cases.js';
import { SEEDED_ORGANISATION } from '../transfer/transfer-permission.js';
import { DSP_ROOT_PATH } from '../wire/context.js';
import { ConformanceMode } from './conformance-mode.js';

const trigger = z.object({ providerId: z.string().min(1), connectorAddress: z.url({ protocol: /^https?$/ }) });
const negotiationTrigger = trigger.extend({ offerId: z.string().min(1), datasetId: z.string().min(1) });
const transferTrigger = trigger.extend({ agreementId: z.string().min(1), format: z.string().min(1) });

/** What makes us begin, in a conformance run (reference 11.2); outside of one these addresses do not exist. */
@Controller(`${DSP_ROOT_PATH}/conformance`)
@Public()
@ApiExcludeController()
export class ConformanceController {
  readonly #mode: ConformanceMode;
  readonly #negotiate: NegotiateWithPeer;
  readonly #request: RequestTransfer;
  readonly #peers: PeerDirectory;

  constructor(mode: ConformanceMode, negotiate: NegotiateWithPeer, request: RequestTransfer, peers: PeerDirectory) {
    this.#mode = mode;
    this.#negotiate = negotiate;
    this.#request = request;
    this.#peers = peers;
  }

  /** Asks for the offer as it was named, without looking it up in any catalog. */
  @Post('negotiations')
  @HttpCode(200)
  async triggerNegotiation(@Body({ schema: negotiationTrigger }) body: z.output<typeof negotiationTrigger>) {
    const { id: peerId, participantId, organisationId: merchantId } = await this.#peer(body.providerId);
    const wish = {
      peer: { peerId, participantId, baseUrl: body.connectorAddress.replace(/\/+$/, '') },
      merchantId,
      buyerId: SEEDED_ORGANISATION,
      datasetId: body.datasetId,
      wire: { id: body.offerId, rules: { permission: [{ action: 'use' }] } },
      use: null,
    };
    const { consumerPid } = unwrap(await this.#negotiate.ask(wish, { subject: 'conformance' }));
    return { consumerPid };
  }

  @Post('transfers')
  @HttpCode(200)
  async triggerTransfer(@Body({ schema: transferTrigger }) body: z.output<typeof transferTrigger>) {
    const peer = { ...(await this.#peer(body.providerId)), baseUrl: body.connectorAddress.replace(/\/+$/, '') };
    const { agreementId: agreementRef, format } = body;
    const wish = { peer, agreementRef, format, pushTo: null, organisationId: null };
    const { consumerPid } = unwrap(await this.#request.execute(wish));
    return { consumerPid };
  }

  async #peer(participantId: string): Promise<Peer> {
    const peer = this.#mode.run === null ? undefined : await this.#peers.byParticipant(participantId);
    if (peer !== undefined) return peer;
    throw new DomainException(httpErrors.RESOURCE_NOT_FOUND('Nothing is here outside of a conformance run.'));
  }
}
