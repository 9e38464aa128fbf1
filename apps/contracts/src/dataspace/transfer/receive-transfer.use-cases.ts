import { Inject, Injectable } from '@nestjs/common';
import { err, newId, newUuid, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { dataspaceErrors, type DataspaceError } from '../dataspace.errors.js';
import { OutboundMessages } from '../outbound/outbound-messages.js';
import { checkAddress, isSameOrigin, type Peer } from '../peer/peer.js';
import { checkFormat } from './transfer-format.js';
import { permitTransfer, type TransferAgreement } from './transfer-permission.js';
import { TransferConduct } from './transfer-conduct.js';
import { TransferRecords } from './transfer-records.js';
import { transferFrom } from './transfer.repository.js';
import { aboutThis, type ReceivedMessage, type TransferRequest } from './transfer.wire.js';
import { applyMessage, otherSide, provesReceipt, type Transfer, type TransferMessage } from './transfer.js';

/** Takes a consumer's request for data: checked against the agreement, written down once, started. */
@Injectable()
export class ReceiveTransferRequest {
  readonly #uow: UnitOfWork;
  readonly #records: TransferRecords;
  readonly #conduct: TransferConduct;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, records: TransferRecords, conduct: TransferConduct, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#records = records;
    this.#conduct = conduct;
    this.#clock = clock;
  }

  /** @returns the transfer as it was opened, or as it is when the peer asks a second time. */
  async execute(request: TransferRequest, peer: Peer): Promise<Result<Transfer, DataspaceError>> {
    const { transfers, addresses } = this.#records;
    const secret = request.pushTo?.authorization ?? null;
    const sealed = secret === null ? null : await addresses.seal(secret);
    const outcome = await this.#uow.runResult((tx) => this.#open(tx, request, { peer, sealed }));
    if (!outcome.ok) return withConsumerPid(outcome.error, request.consumerPid);
    if (outcome.value !== null) return ok(outcome.value);
    // Somebody was faster with the same request: what he opened is committed by now.
    const first = await this.#uow.run((tx) => transfers.openedBy(tx, peer.id, request.consumerPid));
    return first === undefined ? err(dataspaceErrors.DSP_UNKNOWN_PROCESS('Lost.')) : ok(transferFrom(first));
  }

  async #open(
    tx: Tx,
    request: TransferRequest,
    { peer, sealed }: { readonly peer: Peer; readonly sealed: string | null },
  ): Promise<Result<Transfer | null, DataspaceError>> {
    const { transfers, agreements, addresses } = this.#records;
    const known = await transfers.openedBy(tx, peer.id, request.consumerPid);
    if (known !== undefined) return ok(transferFrom(known));
    const at = this.#clock.now();
    const agreement = await agreements.find(tx, peer.id, request.agreementRef);
    const permitted = permitTransfer(agreement, { role: 'provider', at, ref: request.agreementRef });
    if (!permitted.ok) return permitted;
    const possible = checkFormat(request.format, request.pushTo, permitted.value.productKind);
    if (!possible.ok) return possible;
    const reachable = checkAddresses(request, peer, addresses.privateAllowed);
    if (!reachable.ok) return reachable;
    const opened = openedTransfer(request, permitted.value, { peer, at });
    if (!(await transfers.insert(tx, opened, sealed))) return ok(null);
    const { messageId } = request;
    const step = {
      message: 'TransferRequestMessage',
      messageId,
      side: 'consumer',
      event: 'received',
      stateFrom: null,
    } as const;
    await transfers.note(tx, opened, step);
    await this.#conduct.react(tx, opened, { event: 'received', command: 'request' });
    return ok(opened);
  }
}

/** Takes a message about a transfer that exists, from its other side. */
@Injectable()
export class ReceiveTransferMessage {
  readonly #uow: UnitOfWork;
  readonly #records: TransferRecords;
  readonly #conduct: TransferConduct;
  readonly #outbound: OutboundMessages;

  constructor(uow: UnitOfWork, records: TransferRecords, conduct: TransferConduct, outbound: OutboundMessages) {
    this.#uow = uow;
    this.#records = records;
    this.#conduct = conduct;
    this.#outbound = outbound;
  }

  /**
   * @param read reads the body once it is known which side sends it.
   * @returns the transfer after the message; the same answer when it comes again with its `@id`.
   */
  execute(
    pid: string,
    peer: Peer,
    read: (by: TransferMessage['by']) => Result<ReceivedMessage, DataspaceError>,
  ): Promise<Result<Transfer, DataspaceError>> {
    return this.#uow.runResult(async (tx) => {
      const found = await this.#lock(tx, pid, peer);
      if (!found.ok) return found;
      const message = read(otherSide(found.value.role));
      if (!message.ok) return withPids(message.error, found.value);
      const same = aboutThis(found.value, message.value);
      if (!same.ok) return same;
      const { messageId } = message.value;
      if (messageId !== null && (await this.#records.transfers.wasApplied(tx, found.value.id, messageId))) return found;
      return this.#apply(tx, found.value, message.value);
    });
  }

  async #apply(tx: Tx, found: Transfer, message: ReceivedMessage): Promise<Result<Transfer, DataspaceError>> {
    const { transfers, addresses } = this.#records;
    let transfer = found;
    if (provesReceipt(found, message) && (await this.#outbound.settle(tx, found.id))) {
      const settled = await transfers.lock(tx, found.id);
      transfer = settled === undefined ? found : transferFrom(settled);
    }
    const applied = applyMessage({ ...transfer, providerPid: message.providerPid }, message);
    if (!applied.ok) return applied;
    // What we had said meanwhile does not fit any more.
    if (transfer.pending !== null) await this.#outbound.cancel(tx, found.id, `overtaken by "${message.command}"`);
    const { dataAddress, command, messageId, by: side } = message;
    const address = dataAddress === null ? {} : { addressSealed: await addresses.seal(JSON.stringify(dataAddress)) };
    await transfers.save(tx, applied.value, address);
    const stateFrom = transfer.state;
    await transfers.note(tx, applied.value, { message: command, messageId, side, event: 'received', stateFrom });
    // The answer tells what the message led to; what we do next is a message of its own.
    await this.#conduct.react(tx, applied.value, { event: 'received', command });
    return applied;
  }

  /** To everybody but its other side a process does not exist. */
  async #lock(tx: Tx, pid: string, peer: Peer): Promise<Result<Transfer, DataspaceError>> {
    const stored = await this.#records.transfers.lockByPid(tx, pid);
    if (stored?.peerId === peer.id) return ok(transferFrom(stored));
    return err(dataspaceErrors.DSP_UNKNOWN_PROCESS(`There is no transfer ${pid} of yours.`));
  }
}

/** Whether we may call where the request says; back to the peer only where it lives. */
function checkAddresses(
  { pushTo, callbackAddress }: TransferRequest,
  peer: Peer,
  privateAllowed: boolean,
): Result<null, DataspaceError> {
  const addresses = [callbackAddress, ...(pushTo === null ? [] : [pushTo.endpoint])];
  for (const address of addresses) {
    const checked = checkAddress(address, privateAllowed);
    if (!checked.ok) return checked;
  }
  if (isSameOrigin(callbackAddress, peer.baseUrl)) return ok(null);
  const detail = `${callbackAddress} is not where this exchange knows ${peer.participantId} to be.`;
  return err(dataspaceErrors.DSP_CALLBACK_NOT_SUPPORTED(detail));
}

function openedTransfer(
  request: TransferRequest,
  { organisationId, datasetId, agreementRef }: TransferAgreement,
  { peer, at }: { readonly peer: Peer; readonly at: Date },
): Transfer {
  return {
    id: newId('trf'),
    role: 'provider',
    peerId: peer.id,
    organisationId,
    agreementRef,
    datasetId,
    format: request.format,
    state: 'REQUESTED',
    pending: null,
    consumerPid: request.consumerPid,
    providerPid: `urn:uuid:${newUuid()}`,
    peerBase: request.callbackAddress.replace(/\/+$/, ''),
    pushTo: request.pushTo,
    code: null,
    reasons: [],
    requestedAt: at,
  };
}

function withConsumerPid(error: DataspaceError, consumerPid: string): Result<never, DataspaceError> {
  return err({ ...error, meta: { ...error.meta, consumerPid } });
}

function withPids(error: DataspaceError, { consumerPid, providerPid }: Transfer): Result<never, DataspaceError> {
  return err({ ...error, meta: { ...error.meta, consumerPid, providerPid } });
}
