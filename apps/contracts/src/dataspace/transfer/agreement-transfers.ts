import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { AgreementJournal } from '../../agreement/agreement-journal.use-cases.js';
import type { AgreementOutcome } from '../../agreement/agreement.js';
import { TransferConduct, type TransferOrder } from './transfer-conduct.js';
import { TransferRecords } from './transfer-records.js';
import { transferFrom } from './transfer.repository.js';

/** What a step of an agreement means for the data that flows under it. */
const ORDERS: Readonly<Record<string, Pick<TransferOrder, 'command' | 'code'>>> = {
  suspended: { command: 'suspend', code: 'AGREEMENT_SUSPENDED' },
  ended: { command: 'terminate', code: 'AGREEMENT_ENDED' },
  terminated: { command: 'terminate', code: 'AGREEMENT_ENDED' },
  expired: { command: 'terminate', code: 'AGREEMENT_ENDED' },
  superseded: { command: 'terminate', code: 'AGREEMENT_ENDED' },
};

/** Lets transfers follow their agreement, in the same transaction: none flows under one that is suspended or over. */
@Injectable()
export class AgreementTransfers {
  readonly #records: TransferRecords;
  readonly #conduct: TransferConduct;

  constructor(agreements: AgreementJournal, records: TransferRecords, conduct: TransferConduct) {
    this.#records = records;
    this.#conduct = conduct;
    agreements.onRecorded((tx, outcome) => this.#follow(tx, outcome));
  }

  async #follow(tx: Tx, { agreement, steps }: AgreementOutcome): Promise<void> {
    const last = steps.at(-1);
    const order = last === undefined ? undefined : ORDERS[last.to];
    if (order === undefined) return;
    const ref = await this.#records.agreements.refOf(tx, agreement.id);
    if (ref === undefined) return;
    const reasons = [last?.reason ?? `The agreement is ${last?.to ?? 'over'}.`];
    for (const id of await this.#records.transfers.openUnder(tx, ref)) {
      const stored = await this.#records.transfers.lock(tx, id);
      // What is suspended already, or not begun, has nothing to be suspended.
      if (stored !== undefined) await this.#conduct.order(tx, transferFrom(stored), { ...order, reasons });
    }
  }
}
