import { Injectable } from '@nestjs/common';
import type { Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import type { DataspaceError } from '../dataspace.errors.js';
import { OutboundMessages } from '../outbound/outbound-messages.js';
import { isLoose, propertyOf, textOf } from '../wire/read.js';
import { TransferAddresses } from './transfer-addresses.js';
import { givesAddress, openingOf } from './transfer-format.js';
import { TransferReactions, type TransferCause } from './transfer-reactions.js';
import { transferFrom, TransferRepository, type TransferSecrets } from './transfer.repository.js';
import { commandMessage } from './transfer.wire.js';
import {
  abandon,
  acknowledge,
  beginCommand,
  type Transfer,
  type TransferCommand,
  type TransferMessage,
} from './transfer.js';

/** What our side says about a transfer. */
export type TransferOrder = Omit<TransferMessage, 'by'> & { readonly delayMs?: number };

/** The types of our messages, back to what they do. */
const COMMANDS: Readonly<Record<string, TransferCommand>> = {
  TransferStartMessage: 'start',
  TransferSuspensionMessage: 'suspend',
  TransferCompletionMessage: 'complete',
  TransferTerminationMessage: 'terminate',
};

/** Conducts our side of transfers: says things to the peer, and changes the state when it took them. */
@Injectable()
export class TransferConduct {
  readonly #transfers: TransferRepository;
  readonly #outbound: OutboundMessages;
  readonly #reactions: TransferReactions;
  readonly #addresses: TransferAddresses;

  constructor(
    transfers: TransferRepository,
    outbound: OutboundMessages,
    reactions: TransferReactions,
    addresses: TransferAddresses,
  ) {
    this.#transfers = transfers;
    this.#outbound = outbound;
    this.#reactions = reactions;
    this.#addresses = addresses;
    outbound.listen('transfer', {
      lock: async (tx, id) => void (await transfers.lock(tx, id)),
      delivered: (tx, sent, answer) => this.#delivered(tx, sent, answer),
      givenUp: (tx, { processId, message }, why) => this.#givenUp(tx, processId, message['@type'], why),
    });
  }

  /** Says something to the peer, under the lock of the transfer. Its effect begins when the peer took it. */
  async order(tx: Tx, transfer: Transfer, order: TransferOrder): Promise<Result<Transfer, DataspaceError>> {
    const begun = beginCommand(transfer, { ...order, by: transfer.role });
    if (!begun.ok) return begun;
    const fresh = this.#freshAddress(transfer, order);
    const { path, message } = commandMessage(transfer, order, fresh);
    const token = fresh === null ? {} : { token: { hash: fresh.tokenHash, lifetimeS: fresh.lifetimeS } };
    await this.#save(tx, begun.value, { type: message['@type'], event: 'sent', from: transfer }, token);
    const { peerId, id: processId, peerBase: baseUrl } = transfer;
    const delay = order.delayMs === undefined ? {} : { delayMs: order.delayMs };
    await this.#outbound.enqueue(tx, { kind: 'transfer', peerId, processId, baseUrl, path, message, ...delay });
    return begun;
  }

  /** Lets what follows of itself follow, within the same transaction. */
  async react(tx: Tx, transfer: Transfer, cause: TransferCause): Promise<Transfer> {
    if (this.#beginsPush(transfer, cause)) {
      const { peerId, id: processId, pushTo } = transfer;
      await this.#outbound.enqueueWork(tx, { kind: 'push', peerId, processId, url: pushTo?.endpoint ?? '' });
    }
    const reaction = this.#reactions.after(transfer, cause);
    if (reaction === null) return transfer;
    const ordered = await this.order(tx, transfer, reaction);
    // What is not possible any more has been overtaken by what the other side did.
    return ordered.ok ? ordered.value : transfer;
  }

  #beginsPush({ role, pushTo }: Transfer, { event, command }: TransferCause): boolean {
    return role === 'provider' && pushTo !== null && event === 'acknowledged' && command === 'start';
  }

  /** A provider that starts gives a fresh address; a consumer that goes on uses the one it has. */
  #freshAddress({ role, format, agreementRef }: Transfer, { command }: TransferOrder) {
    const gives = role === 'provider' && command === 'start' && givesAddress(format);
    return gives ? this.#addresses.issue(agreementRef, openingOf(format)) : null;
  }

  async #delivered(tx: Tx, { processId, message }: Delivered, answer: unknown): Promise<void> {
    const stored = await this.#transfers.lock(tx, processId);
    if (stored === undefined) return;
    const transfer = transferFrom(stored);
    const command = COMMANDS[message['@type']];
    if (command === undefined) return this.#requestTaken(tx, transfer, answer);
    const { code, reason } = message as { code?: string; reason?: readonly string[] };
    const done = acknowledge(transfer, { command, code: code ?? null, reasons: reason ?? [] });
    await this.#save(tx, done, { type: message['@type'], event: 'acknowledged', from: transfer });
    if (done.state !== transfer.state) await this.react(tx, done, { event: 'acknowledged', command });
  }

  /** The provider answered our request with its id of the process; or its next message will say it. */
  async #requestTaken(tx: Tx, transfer: Transfer, answer: unknown): Promise<void> {
    const said = isLoose(answer) ? textOf(propertyOf(answer, 'providerPid')) : undefined;
    const from = { type: 'TransferRequestMessage', event: 'acknowledged', from: transfer } as const;
    if (answer !== undefined && said === undefined) {
      const why = 'The provider took the request but named no process.';
      return this.#save(tx, abandon(transfer, 'BAD_ANSWER', why), from);
    }
    const taken = { ...transfer, pending: null, providerPid: said ?? transfer.providerPid };
    await this.#save(tx, taken, from);
    if (taken.providerPid !== null) await this.react(tx, taken, { event: 'acknowledged', command: 'request' });
  }

  async #givenUp(tx: Tx, id: string, type: string, why: string): Promise<void> {
    const stored = await this.#transfers.lock(tx, id);
    if (stored === undefined) return;
    const transfer = transferFrom(stored);
    const over = abandon(transfer, 'PEER_UNREACHABLE', why);
    await this.#save(tx, over, { type, event: 'given-up', from: transfer });
  }

  async #save(
    tx: Tx,
    transfer: Transfer,
    step: { readonly type: string; readonly event: 'sent' | 'acknowledged' | 'given-up'; readonly from: Transfer },
    secrets: TransferSecrets = {},
  ): Promise<void> {
    await this.#transfers.save(tx, transfer, secrets);
    await this.#transfers.note(tx, transfer, {
      message: step.type,
      messageId: null,
      side: transfer.role,
      event: step.event,
      stateFrom: step.from.state,
    });
  }
}

type Delivered = { readonly processId: string; readonly message: { readonly '@type': string } };
