import { err, isCurrency, money, newId, ok, type Currency, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import type { BankAccount } from '../agreement/agreement.js';
import { InvoiceBook } from '../invoice/invoice.book.js';
import type { InvoiceError } from '../invoice/invoice.errors.js';
import { outstandingMinor, type Invoice } from '../invoice/invoice.js';
import type { LedgerError } from '../ledger/ledger.errors.js';
import { credit, debit, exchangeOwner, type Posting } from '../ledger/ledger.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { differencePosting } from '../matching/difference.postings.js';
import { MatchingRepository } from '../matching/matching.repository.js';
import { fitsAccount } from '../payout/pain001.js';
import { RefundBook } from '../payout/refund.book.js';
import { exceptionErrors, type ExceptionError } from './exception.errors.js';
import type { Division, WaitingException } from './exception.js';

export type EffectError = ExceptionError | InvoiceError | LedgerError;

/** Everything a division needs to take effect. */
export interface DivisionToApply {
  readonly waiting: WaitingException;
  readonly division: Division;
  /** Whose credit a surplus is; null where nothing is kept on account. */
  readonly buyerId: string | null;
  readonly refundTo: BankAccount | null;
  readonly by: string;
  readonly effectiveAt: Date;
}

/** Lets a person's decision about a bank line take effect in the ledger and on the documents. */
@Injectable()
export class ExceptionEffects {
  readonly #ledger: LedgerRepository;
  readonly #invoices: InvoiceBook;
  readonly #refunds: RefundBook;
  readonly #matches: MatchingRepository;

  constructor(ledger: LedgerRepository, invoices: InvoiceBook, refunds: RefundBook, matches: MatchingRepository) {
    this.#ledger = ledger;
    this.#invoices = invoices;
    this.#refunds = refunds;
    this.#matches = matches;
  }

  async apply(tx: Tx, work: DivisionToApply): Promise<Result<void, EffectError>> {
    const { waiting, division, refundTo } = work;
    if (!isCurrency(waiting.currency)) return ok(undefined);
    const currency = waiting.currency;
    const allocated = await this.#allocate(tx, work, currency);
    if (!allocated.ok) return allocated;
    const posted = await this.#ledger.post(tx, [...creditOf(work, currency), ...feeOf(work)]);
    if (!posted.ok) return posted;
    if (division.refundMinor === 0n) return ok(undefined);
    if (refundTo === null || !fitsAccount(refundTo)) {
      return err(
        exceptionErrors.EXCEPTION_ACTION_UNFIT(
          'The bank gave no account to send the money back to, or one that no payment file can name: give one.',
        ),
      );
    }
    const refunded = await this.#refunds.instruct(tx, {
      lineId: waiting.lineId,
      buyerId: work.buyerId,
      amountMinor: division.refundMinor,
      currency,
      bankAccount: refundTo,
      instructedBy: work.by,
    });
    return refunded.ok ? ok(undefined) : refunded;
  }

  /** Writes a line off, whole: the account says so. */
  async writeOff(tx: Tx, waiting: WaitingException, effectiveAt: Date): Promise<Result<void, LedgerError>> {
    const posted = await this.#ledger.post(
      tx,
      differencePosting({
        key: `write_off:${waiting.exceptionId}`,
        kind: 'write_off',
        side: waiting.side,
        // Money nobody claims is ours; money that left for nothing is our loss.
        differenceMinor: -waiting.amountMinor,
        currency: waiting.currency,
        period: null,
        effectiveAt,
        reference: { kind: 'exception', id: waiting.exceptionId },
      }),
    );
    return posted.ok ? ok(undefined) : posted;
  }

  async #allocate(tx: Tx, work: DivisionToApply, currency: Currency): Promise<Result<void, EffectError>> {
    const { waiting, division, effectiveAt } = work;
    if (division.allocations.length === 0) return ok(undefined);
    const ids = division.allocations.map(({ invoiceId }) => invoiceId);
    const found = new Map((await this.#invoices.lockByReference(tx, ids)).map((one) => [one.invoiceId, one]));
    const parts: { invoice: Invoice; amountMinor: bigint }[] = [];
    for (const { invoiceId, amountMinor } of division.allocations) {
      const invoice = found.get(invoiceId);
      if (invoice === undefined)
        return err(exceptionErrors.ALLOCATION_INVALID(`There is no issued invoice ${invoiceId}.`));
      parts.push({ invoice, amountMinor });
    }
    const booksOf = await this.#invoices.openBooks(
      tx,
      parts.map(({ invoice }) => invoice.period),
    );
    await this.#matches.addGroups(tx, [groupOf(waiting, parts, { by: work.by, booksOf })]);
    return this.#invoices.pay(
      tx,
      parts.map(({ invoice, amountMinor }) => ({
        invoice,
        paid: money(amountMinor, currency),
        statementLineId: waiting.lineId,
        effectiveAt,
      })),
    );
  }
}

function groupOf(
  waiting: WaitingException,
  parts: readonly { invoice: Invoice; amountMinor: bigint }[],
  { by, booksOf }: { readonly by: string; readonly booksOf: (period: string) => string },
) {
  // A part payment leaves the invoice free for the match that settles the rest of it.
  const settled = parts.filter(({ invoice, amountMinor }) => amountMinor === outstandingMinor(invoice));
  return {
    ...{ groupId: newId('mgr'), pass: 'manual' as const, ruleVersion: 'manual', foundBy: 'person', matchedBy: by },
    ...{ differenceMinor: 0n, differenceKind: null, currency: waiting.currency },
    lineIds: [waiting.lineId],
    settled: settled.map(({ invoice }) => ({ kind: 'invoice' as const, id: invoice.invoiceId })),
    edges: parts.map(({ invoice, amountMinor }) => ({
      ...{ lineId: waiting.lineId, kind: 'invoice' as const, itemId: invoice.invoiceId, amountMinor },
      period: booksOf(invoice.period),
    })),
  };
}

function creditOf(work: DivisionToApply, currency: Currency): readonly Posting[] {
  const { waiting, division, buyerId, effectiveAt } = work;
  if (division.creditMinor === 0n || buyerId === null) return [];
  return [
    {
      idempotencyKey: `credit_on_account:${waiting.exceptionId}`,
      movement: 'credit_on_account',
      effectiveAt,
      period: null,
      reference: { kind: 'exception', id: waiting.exceptionId },
      legs: [
        debit({ owner: exchangeOwner, kind: 'clearing:bank_in', currency }, division.creditMinor),
        credit({ owner: buyerId, kind: 'payable:buyer', currency }, division.creditMinor),
      ],
    },
  ];
}

function feeOf({ waiting, division, effectiveAt }: DivisionToApply): readonly Posting[] {
  return differencePosting({
    key: `bank_fee:${waiting.exceptionId}`,
    kind: 'bank_fee',
    side: waiting.side,
    differenceMinor: -division.feeMinor,
    currency: waiting.currency,
    period: null,
    effectiveAt,
    reference: { kind: 'exception', id: waiting.exceptionId },
  });
}
