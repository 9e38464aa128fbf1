import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { hashOf } from '../peer/seal.js';
import { idOf } from '../wire/ids.js';
import { TOKEN_PREFIX } from './transfer-addresses.js';
import { openingOf, type Opening } from './transfer-format.js';
import { permitTransfer, type TransferAgreement } from './transfer-permission.js';
import { TransferRecords } from './transfer-records.js';
import { flows } from './transfer.js';

/** What a token opens: the deliveries of one agreement, or sessions beside its data, for its buyer, until then. */
export interface OpenToken {
  readonly transferId: string;
  /** Our agreement; the peer's reference where a seeded one has none. */
  readonly agreementId: string;
  readonly peerId: string;
  readonly purpose: string | null;
  readonly expiresAt: Date;
}

/** Judges tokens for data by what is true now: a suspended, ended or lapsed transfer opens nothing at once. */
@Injectable()
export class TransferTokenQueries {
  readonly #uow: UnitOfWork;
  readonly #records: TransferRecords;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, records: TransferRecords, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#records = records;
    this.#clock = clock;
  }

  /** @returns null for every token that opens nothing, whatever the reason: who finds one learns nothing. */
  async check(token: string, opening: Opening): Promise<OpenToken | null> {
    if (!token.startsWith(TOKEN_PREFIX)) return null;
    const transfer = await this.#records.transfers.byToken(hashOf(token));
    if (transfer === undefined || !flows(transfer) || openingOf(transfer.format) !== opening) return null;
    const { peerId, agreementRef, id: transferId, tokenExpiresAt: expiresAt } = transfer;
    const agreement = await this.#agreement(peerId, agreementRef);
    if (agreement === null) return null;
    const agreementId = agreement.agreementId ?? idOf(agreementRef);
    return { transferId, agreementId, peerId, purpose: agreement.purpose, expiresAt };
  }

  async #agreement(peerId: string, ref: string): Promise<TransferAgreement | null> {
    const found = await this.#uow.run((tx) => this.#records.agreements.find(tx, peerId, ref));
    const permitted = permitTransfer(found, { role: 'provider', at: this.#clock.now(), ref });
    return permitted.ok ? permitted.value : null;
  }
}
