import { Body, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { FromPeer } from '../peer/from-peer.decorator.js';
import { ProtocolController } from '../http/protocol-controller.js';
import type { Peer } from '../peer/peer.js';
import type { WireMessage } from '../wire/context.js';
import { NegotiationProcesses } from './negotiation-processes.queries.js';
import type { Expected } from './negotiation-reading.js';
import { readNegotiationMessage } from './negotiation-reading.js';
import { namedPids, unwrapForPeer } from './negotiation-refusals.js';
import { OpenForPeer, ReceiveMessage, type OpenedProcess } from './receive-message.use-cases.js';

/**
 * The negotiation endpoints of the Dataspace Protocol 2025-1 (HTTPS binding), for both of our roles at once: which one
 * we have is a matter of the process, not of the path.
 */
@ProtocolController('negotiations')
export class NegotiationProtocolController {
  readonly #open: OpenForPeer;
  readonly #receive: ReceiveMessage;
  readonly #processes: NegotiationProcesses;

  constructor(open: OpenForPeer, receive: ReceiveMessage, processes: NegotiationProcesses) {
    this.#open = open;
    this.#receive = receive;
    this.#processes = processes;
  }

  @Get(':pid')
  async getProcess(@FromPeer() peer: Peer, @Param('pid') pid: string): Promise<WireMessage> {
    return unwrapForPeer(await this.#processes.get(pid, peer.id));
  }

  @Post('request')
  async takeOpeningRequest(
    @FromPeer() peer: Peer,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WireMessage> {
    const read = this.#read(body, 'opening request');
    return opened(unwrapForPeer(await this.#open.request(peer, read)), reply);
  }

  @Post('offers')
  async takeOpeningOffer(
    @FromPeer() peer: Peer,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WireMessage> {
    const read = this.#read(body, 'opening offer');
    return opened(unwrapForPeer(await this.#open.offer(peer, read)), reply);
  }

  @Post(':pid/request')
  @HttpCode(200)
  takeRequest(@FromPeer() peer: Peer, @Param('pid') pid: string, @Body() body: unknown): Promise<WireMessage> {
    return this.#take(peer, pid, body, 'request');
  }

  @Post(':pid/offers')
  @HttpCode(200)
  takeOffer(@FromPeer() peer: Peer, @Param('pid') pid: string, @Body() body: unknown): Promise<WireMessage> {
    return this.#take(peer, pid, body, 'offer');
  }

  @Post(':pid/events')
  @HttpCode(200)
  takeEvent(@FromPeer() peer: Peer, @Param('pid') pid: string, @Body() body: unknown): Promise<WireMessage> {
    return this.#take(peer, pid, body, 'event');
  }

  @Post(':pid/agreement')
  @HttpCode(200)
  takeAgreement(@FromPeer() peer: Peer, @Param('pid') pid: string, @Body() body: unknown): Promise<WireMessage> {
    return this.#take(peer, pid, body, 'agreement');
  }

  @Post(':pid/agreement/verification')
  @HttpCode(200)
  takeVerification(@FromPeer() peer: Peer, @Param('pid') pid: string, @Body() body: unknown): Promise<WireMessage> {
    return this.#take(peer, pid, body, 'verification');
  }

  @Post(':pid/termination')
  @HttpCode(200)
  takeTermination(@FromPeer() peer: Peer, @Param('pid') pid: string, @Body() body: unknown): Promise<WireMessage> {
    return this.#take(peer, pid, body, 'termination');
  }

  async #take(peer: Peer, pid: string, body: unknown, expected: Expected): Promise<WireMessage> {
    return unwrapForPeer(await this.#receive.execute(peer, pid, this.#read(body, expected)));
  }

  #read(body: unknown, expected: Expected) {
    return unwrapForPeer(readNegotiationMessage(body, expected, this.#processes.now()), namedPids(body));
  }
}

/** 201 for a new process; a repetition is answered with the one that is there, and says by its 200 that nothing is new. */
function opened({ process, isNew }: OpenedProcess, reply: FastifyReply): WireMessage {
  void reply.status(isNew ? 201 : 200);
  return process;
}
