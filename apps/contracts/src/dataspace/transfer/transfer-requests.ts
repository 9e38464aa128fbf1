import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { OutboundMessages } from '../outbound/outbound-messages.js';
import { TransferAddresses } from './transfer-addresses.js';
import { TransferRepository } from './transfer.repository.js';
import { requestMessage } from './transfer.wire.js';
import type { Transfer } from './transfer.js';

/** Sends our requests for data. */
@Injectable()
export class TransferRequests {
  readonly #outbound: OutboundMessages;
  readonly #transfers: TransferRepository;
  readonly #addresses: TransferAddresses;

  constructor(outbound: OutboundMessages, transfers: TransferRepository, addresses: TransferAddresses) {
    this.#outbound = outbound;
    this.#transfers = transfers;
    this.#addresses = addresses;
  }

  /** In the transaction that opened the transfer: the peer may call back before it has answered. */
  async send(tx: Tx, transfer: Transfer): Promise<void> {
    const message = requestMessage(transfer, this.#addresses.callbackAddress);
    const { id: processId, peerId, peerBase: baseUrl } = transfer;
    const step = {
      message: message['@type'],
      messageId: null,
      side: 'consumer',
      event: 'sent',
      stateFrom: null,
    } as const;
    await this.#transfers.note(tx, transfer, step);
    await this.#outbound.enqueue(tx, {
      kind: 'transfer',
      peerId,
      processId,
      baseUrl,
      path: '/transfers/request',
      message,
    });
  }
}
