import { Injectable } from '@nestjs/common';
import { ok, type DomainError, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { ApprovalDesk } from '../approval/approval-desk.use-cases.js';
import { dealOf } from '../approval/deal.js';
import { requireParty } from '../directory/directory.js';
import { DirectoryRepository } from '../directory/directory.repository.js';
import type { Agreement, AgreementParty } from './agreement.js';

/** What is asked before a side is bound: that it may trade now, and that its own limits allow it or a colleague approved. */
@Injectable()
export class SigningChecks {
  readonly #directory: DirectoryRepository;
  readonly #desk: ApprovalDesk;

  constructor(directory: DirectoryRepository, desk: ApprovalDesk) {
    this.#directory = directory;
    this.#desk = desk;
  }

  /** @returns PARTY_NOT_APPROVED or APPROVAL_NEEDED, and nothing otherwise. */
  async maySign(tx: Tx, agreement: Agreement, party: AgreementParty): Promise<Result<null, DomainError>> {
    const { merchantId, buyerId, effectiveFrom: from, effectiveUntil: until, release } = agreement;
    const [own, other] = party === 'merchant' ? [merchantId, buyerId] : [buyerId, merchantId];
    const approved = requireParty(await this.#directory.party(tx, own), own, party);
    if (!approved.ok) return approved;
    const terms = { ...agreement, term: { from, until } };
    const crossesBorder = release !== null;
    const cleared = await this.#desk.require(
      tx,
      dealOf({ organisationId: own, role: party, counterpartyId: other, terms, crossesBorder }),
    );
    return cleared.ok ? ok(null) : cleared;
  }
}
