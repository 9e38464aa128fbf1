import { Injectable } from '@nestjs/common';
import { unwrap } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { AgreementJournal } from '../agreement/agreement-journal.use-cases.js';
import { isBinding, partyOf, type AgreementOutcome } from '../agreement/agreement.js';
import type { Negotiation, NegotiationEnd } from './negotiation.js';
import { NegotiationJournal } from './negotiation.journal.js';
import { negotiationTransitions } from './negotiation-protocol.js';
import { NegotiationRepository } from './negotiation.repository.js';

/**
 * Keeps a negotiation beside the agreement it led to. Among ourselves signing is what verifies and finalizes it: the
 * buyer's signature is the verification, and when both have signed it is finalized, whoever came first. One that lapses
 * unsigned ends the negotiation, also towards a peer.
 */
@Injectable()
export class AgreementFollower {
  readonly #negotiations: NegotiationRepository;
  readonly #journal: NegotiationJournal;

  constructor(agreements: AgreementJournal, negotiations: NegotiationRepository, journal: NegotiationJournal) {
    this.#negotiations = negotiations;
    this.#journal = journal;
    agreements.onRecorded((tx, outcome) => this.#follow(tx, outcome));
  }

  async #follow(tx: Tx, outcome: AgreementOutcome): Promise<void> {
    const { agreement, signature } = outcome;
    const lapse = outcome.steps.find(({ to }) => to === 'lapsed');
    if (signature === null && lapse === undefined) return;
    const negotiation = await this.#negotiations.ofAgreement(tx, agreement.id);
    if (negotiation === null || negotiationTransitions.isFinal(negotiation.state)) return;
    if (lapse !== undefined) {
      const side = lapse.by && partyOf(agreement, lapse.by.organisationId);
      return this.#end(tx, negotiation, {
        at: lapse.at,
        side: lapse.by === null ? 'time' : side === 'buyer' ? 'consumer' : 'provider',
        code: 'LAPSED',
        reason: lapse.reason,
        by: lapse.by?.subject ?? null,
      });
    }
    if (negotiation.role !== 'both') return;
    const hasSigned = agreement.signatures.some(({ party }) => party === 'buyer');
    let current = negotiation;
    if (current.state === 'AGREED' && hasSigned) {
      current = unwrap(await this.#journal.act(tx, current, { side: 'consumer', message: 'verification' }));
    }
    if (current.state === 'VERIFIED' && isBinding(agreement)) {
      await this.#journal.act(tx, current, { side: 'provider', message: 'finalized' });
    }
  }

  async #end(tx: Tx, negotiation: Negotiation, end: NegotiationEnd): Promise<void> {
    if (negotiation.pending === 'termination') return;
    const side = negotiation.role === 'both' && end.side === 'consumer' ? 'consumer' : 'provider';
    await this.#journal.act(tx, negotiation, { side, message: 'termination', end });
  }
}
