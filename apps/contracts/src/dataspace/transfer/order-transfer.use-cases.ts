import { Inject, Injectable } from '@nestjs/common';
import { err, newId, newUuid, ok, seesTenant, type Clock, type Reader, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import type { DataspaceError } from '../dataspace.errors.js';
import { checkAddress, type Peer } from '../peer/peer.js';
import { TransferConduct, type TransferOrder } from './transfer-conduct.js';
import { permitTransfer } from './transfer-permission.js';
import { TransferRecords } from './transfer-records.js';
import { TransferRequests } from './transfer-requests.js';
import { transferErrors, type TransferError } from './transfer.errors.js';
import { transferFrom } from './transfer.repository.js';
import type { PushAddress, Transfer } from './transfer.js';

/** What a buyer asks a provider for. */
export interface TransferWish {
  readonly peer: Peer;
  readonly agreementRef: string;
  readonly format: string;
  readonly pushTo: PushAddress | null;
  /** The organisation that asks; null where a conformance run does. */
  readonly organisationId: string | null;
}

/** Asks a peer for the data of an agreement in which we are the consumer. */
@Injectable()
export class RequestTransfer {
  readonly #uow: UnitOfWork;
  readonly #records: TransferRecords;
  readonly #requests: TransferRequests;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, records: TransferRecords, requests: TransferRequests, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#records = records;
    this.#requests = requests;
    this.#clock = clock;
  }

  async execute(wish: TransferWish): Promise<Result<Transfer, DataspaceError | TransferError>> {
    const { addresses } = this.#records;
    const checked = wish.pushTo === null ? ok(null) : checkAddress(wish.pushTo.endpoint, addresses.privateAllowed);
    if (!checked.ok) return checked;
    const secret = wish.pushTo?.authorization ?? null;
    const sealed = secret === null ? null : await addresses.seal(secret);
    return this.#uow.runResult((tx) => this.#open(tx, wish, sealed));
  }

  async #open(tx: Tx, wish: TransferWish, sealed: string | null) {
    const { peer, agreementRef, organisationId } = wish;
    const at = this.#clock.now();
    const found = await this.#records.agreements.find(tx, peer.id, agreementRef);
    const agreement = found?.organisationId === organisationId || organisationId === null ? found : undefined;
    const permitted = permitTransfer(agreement, { role: 'consumer', at, ref: agreementRef });
    if (!permitted.ok) return permitted;
    const transfer = wanted(wish, permitted.value, at);
    await this.#records.transfers.insert(tx, transfer, sealed);
    await this.#requests.send(tx, transfer);
    return ok(transfer);
  }
}

/** What somebody of the organisation a transfer is for says about it. */
@Injectable()
export class OrderTransfer {
  readonly #uow: UnitOfWork;
  readonly #records: TransferRecords;
  readonly #conduct: TransferConduct;

  constructor(uow: UnitOfWork, records: TransferRecords, conduct: TransferConduct) {
    this.#uow = uow;
    this.#records = records;
    this.#conduct = conduct;
  }

  execute(id: string, order: TransferOrder, by: Reader): Promise<Result<Transfer, DataspaceError | TransferError>> {
    return this.#uow.runResult<Transfer, DataspaceError | TransferError>(async (tx) => {
      const stored = await this.#records.transfers.lock(tx, id);
      if (stored === undefined || !seesTenant(by, stored.organisationId)) return unknown(id);
      return this.#conduct.order(tx, transferFrom(stored), order);
    });
  }
}

function wanted(
  { peer, format, pushTo }: TransferWish,
  agreement: { readonly agreementRef: string; readonly datasetId: string; readonly organisationId: string },
  at: Date,
): Transfer {
  return {
    id: newId('trf'),
    role: 'consumer',
    peerId: peer.id,
    organisationId: agreement.organisationId,
    agreementRef: agreement.agreementRef,
    datasetId: agreement.datasetId,
    format,
    state: 'REQUESTED',
    pending: 'request',
    consumerPid: `urn:uuid:${newUuid()}`,
    providerPid: null,
    peerBase: peer.baseUrl,
    pushTo,
    code: null,
    reasons: [],
    requestedAt: at,
  };
}

function unknown(id: string): Result<never, TransferError> {
  return err(transferErrors.TRANSFER_UNKNOWN(`Your organisation has no transfer ${id}.`));
}
