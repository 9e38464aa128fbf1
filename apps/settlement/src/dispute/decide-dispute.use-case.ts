import { err, ok, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import { CreditNoteBook } from '../credit-note/credit-note.book.js';
import { InvoiceTerms, type IssueTerms } from '../invoice/invoice.terms.js';
import type { DisputeDecisionDto } from './dispute.dto.js';
import { disputeErrors } from './dispute.errors.js';
import { disputeTransitions, type Dispute } from './dispute.js';
import { DisputeRepository } from './dispute.repository.js';

/** An operator decides: upheld, a credit note takes the disputed amount back; either way the hold ends. */
@Injectable()
export class DecideDispute {
  readonly #uow: UnitOfWork;
  readonly #disputes: DisputeRepository;
  readonly #book: CreditNoteBook;
  readonly #terms: InvoiceTerms;

  constructor(uow: UnitOfWork, disputes: DisputeRepository, book: CreditNoteBook, terms: InvoiceTerms) {
    this.#uow = uow;
    this.#disputes = disputes;
    this.#book = book;
    this.#terms = terms;
  }

  execute(disputeId: string, decision: DisputeDecisionDto, by: string): Promise<Result<Dispute, DomainError>> {
    return this.#uow.runResult(async (tx): Promise<Result<Dispute, DomainError>> => {
      const found = await this.#disputes.lock(tx, disputeId);
      if (found === undefined) return err(disputeErrors.DISPUTE_NOT_FOUND(`There is no dispute ${disputeId}.`));
      if (found.state === decision.outcome) return ok(found);
      const command = decision.outcome === 'upheld' ? 'uphold' : 'reject';
      if (!disputeTransitions.canTransition(found.state, command)) {
        return err(disputeErrors.DISPUTE_DECIDED(`Dispute ${disputeId} was ${found.state}.`));
      }
      const terms = this.#terms.now();
      const credited = await this.#credit(tx, found, { ...decision, by, terms });
      if (!credited.ok) return credited;
      const decided = {
        state: decision.outcome,
        decision: decision.reason,
        decidedAt: terms.issuedAt,
        creditNoteId: credited.value,
      };
      await this.#disputes.decide(tx, disputeId, { ...decided, by });
      return ok({ ...found, ...decided });
    });
  }

  async #credit(
    tx: Tx,
    { disputeId, invoiceId, lineNo, netMinor, reason }: Dispute,
    decision: DisputeDecisionDto & { readonly by: string; readonly terms: IssueTerms },
  ): Promise<Result<string | null, DomainError>> {
    if (decision.outcome === 'rejected') return ok(null);
    const request = { kind: 'lines' as const, lines: [{ lineNo, netMinor }] };
    const order = { invoiceId, request, reason, by: decision.by, disputeId };
    const note = await this.#book.issue(tx, order, decision.terms);
    return note.ok ? ok(note.value.creditNoteId) : note;
  }
}
