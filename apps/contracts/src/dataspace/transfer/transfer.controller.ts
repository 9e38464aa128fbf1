import { Body, Get, HttpCode, Param, Post } from '@nestjs/common';
import { unwrap, type Result } from '@hetao/kernel';
import type { DataspaceError } from '../dataspace.errors.js';
import { ProtocolController } from '../http/protocol-controller.js';
import { FromPeer } from '../peer/from-peer.decorator.js';
import type { Peer } from '../peer/peer.js';
import type { WireMessage } from '../wire/context.js';
import { validateSent } from '../wire/validate-sent.js';
import { ReceiveTransferMessage, ReceiveTransferRequest } from './receive-transfer.use-cases.js';
import { TransferQueries } from './transfer.queries.js';
import { readMessage, readRequest, transferProcess } from './transfer.wire.js';
import type { Transfer, TransferCommand } from './transfer.js';

/** The transfer process protocol, for both roles: which one we play is found in the process, not in the path. */
@ProtocolController('transfers')
export class TransferController {
  readonly #requests: ReceiveTransferRequest;
  readonly #messages: ReceiveTransferMessage;
  readonly #transfers: TransferQueries;

  constructor(requests: ReceiveTransferRequest, messages: ReceiveTransferMessage, transfers: TransferQueries) {
    this.#requests = requests;
    this.#messages = messages;
    this.#transfers = transfers;
  }

  @Get(':pid')
  async dspTransfer(@Param('pid') pid: string, @FromPeer() peer: Peer): Promise<WireMessage> {
    return answer(await this.#transfers.withPeer(pid, peer.id));
  }

  @Post('request')
  async dspRequestTransfer(@Body() body: unknown, @FromPeer() peer: Peer): Promise<WireMessage> {
    return answer(await this.#requests.execute(unwrap(readRequest(body)), peer));
  }

  @Post(':pid/start')
  @HttpCode(200)
  dspStartTransfer(@Param('pid') pid: string, @Body() body: unknown, @FromPeer() peer: Peer): Promise<WireMessage> {
    return this.#take('start', pid, { body, peer });
  }

  @Post(':pid/suspension')
  @HttpCode(200)
  dspSuspendTransfer(@Param('pid') pid: string, @Body() body: unknown, @FromPeer() peer: Peer): Promise<WireMessage> {
    return this.#take('suspend', pid, { body, peer });
  }

  @Post(':pid/completion')
  @HttpCode(200)
  dspCompleteTransfer(@Param('pid') pid: string, @Body() body: unknown, @FromPeer() peer: Peer): Promise<WireMessage> {
    return this.#take('complete', pid, { body, peer });
  }

  @Post(':pid/termination')
  @HttpCode(200)
  dspTerminateTransfer(@Param('pid') pid: string, @Body() body: unknown, @FromPeer() peer: Peer): Promise<WireMessage> {
    return this.#take('terminate', pid, { body, peer });
  }

  async #take(command: TransferCommand, pid: string, { body, peer }: { readonly body: unknown; readonly peer: Peer }) {
    return answer(await this.#messages.execute(pid, peer, (by) => readMessage(body, command, by)));
  }
}

function answer(transfer: Result<Transfer, DataspaceError>): WireMessage {
  return validateSent(transferProcess(unwrap(transfer)));
}
