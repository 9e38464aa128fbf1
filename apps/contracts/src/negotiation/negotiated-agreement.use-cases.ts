import { Inject, Injectable } from '@nestjs/common';
import { newId, unwrap, type Clock, type DomainError, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { endAgreement } from '../agreement/agreement-end.js';
import { AgreementJournal } from '../agreement/agreement-journal.use-cases.js';
import { agreedTerms } from '../agreement/agreement-text.js';
import { SignAgreement } from '../agreement/agreement.use-cases.js';
import { draftAgreement, type Agreement, type AgreementParty, type Signer } from '../agreement/agreement.js';
import { ApprovalDesk } from '../approval/approval-desk.use-cases.js';
import { dealOf } from '../approval/deal.js';
import type { Consent, Negotiation } from './negotiation.js';
import { termsOnTable } from './negotiation-offer.js';
import type { Deal } from './negotiation.repository.js';

/** How long both sides have to sign what they agreed. */
const SIGNING_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The agreement a negotiation leads to: drawn up when the provider agrees, signed as the negotiation goes on. */
@Injectable()
export class NegotiatedAgreement {
  readonly #agreements: AgreementJournal;
  readonly #signing: SignAgreement;
  readonly #approvals: ApprovalDesk;
  readonly #clock: Clock;

  constructor(
    agreements: AgreementJournal,
    signing: SignAgreement,
    approvals: ApprovalDesk,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#agreements = agreements;
    this.#signing = signing;
    this.#approvals = approvals;
    this.#clock = clock;
  }

  /** Whether a side may bind itself to these terms without a colleague, or has his approval: else APPROVAL_NEEDED. */
  mayBind(
    tx: Tx,
    negotiation: Negotiation,
    deal: Deal,
    role: 'merchant' | 'buyer',
  ): Promise<Result<unknown, DomainError>> {
    const { merchant, buyer, offer, origin } = deal;
    const [organisationId, counterpartyId] = role === 'merchant' ? [merchant.id, buyer.id] : [buyer.id, merchant.id];
    const crossesBorder = negotiation.offer.use?.placeOfUse !== origin;
    const terms = termsOnTable(offer, negotiation.offer);
    return this.#approvals.require(tx, dealOf({ organisationId, role, counterpartyId, terms, crossesBorder }));
  }

  /** Draws up the agreement over what lies on the table. */
  async drawUp(tx: Tx, negotiation: Negotiation, deal: Deal, by: Consent): Promise<Agreement> {
    const { use } = negotiation.offer;
    if (use === null) throw new Error(`Negotiation ${negotiation.id} agrees to no use.`);
    const signBy = new Date(by.at.getTime() + SIGNING_DAYS * DAY_MS);
    const offer = agreedTerms(termsOnTable(deal.offer, negotiation.offer));
    const { purpose, placeOfUse } = use;
    const matter = { ...deal, purpose, placeOfUse, offer, agreementId: newId('agr'), requestId: negotiation.id };
    const { subject, organisationId } = by;
    const drafted = draftAgreement(matter, { by: { subject, organisationId }, at: by.at, signBy });
    await this.#agreements.open(tx, drafted);
    return drafted.agreement;
  }

  /** Records that a side consented in the course of a negotiation with a peer, whose message says so. */
  async sign(
    tx: Tx,
    agreementId: string,
    party: AgreementParty,
    signer: Signer & { readonly displayName: string },
  ): Promise<void> {
    const agreement = await this.#agreements.load(tx, agreementId);
    if (agreement === null) throw new Error(`There is no agreement ${agreementId}.`);
    const { documentHash } = agreement;
    unwrap(await this.#signing.in(tx, agreement, { party, documentHash, signer }));
  }

  /** Lets an agreement go whose negotiation ended before it was finalized; what is over already stays as it is. */
  async drop(tx: Tx, agreementId: string, by: Signer, reason: string): Promise<void> {
    const agreement = await this.#agreements.load(tx, agreementId);
    if (agreement === null) return;
    const ended = endAgreement(agreement, { command: 'end', by, reason, at: this.#clock.now() });
    if (ended.ok) await this.#agreements.record(tx, ended.value);
  }
}
