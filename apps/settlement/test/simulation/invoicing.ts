import { money, type Currency } from '@hetao/kernel';
import { splitV2, type ShareKey } from '@hetao/rating';
import { outstandingMinor, type Invoice } from '../../src/invoice/invoice.js';
import {
  creditedPosting,
  issuedPosting,
  paidPosting,
  reversedPosting,
  type CorrectionContext,
} from '../../src/invoice/invoice.postings.js';
import { creditInvoice, payInvoice, reversePayment, type SettledInvoice } from '../../src/invoice/invoice.settling.js';
import { accountMovesOf, holdingsAfter, noHoldings, type AccountMove } from '../../src/invoice/party-accounts.js';
import { leftNetMinor, leftTaxMinor } from '../../src/invoice/shares.js';
import { credit, debit, exchangeOwner, type Posting } from '../../src/ledger/ledger.js';
import type { OpenBook, Scene } from './scene.js';

/** Issues the invoices of the month, several a transaction; one over nothing moves nothing. */
export function issueMonth(scene: Scene): void {
  const made: Invoice[] = [];
  for (let deal = 0; deal < scene.deals; deal += 1) {
    const invoice = scene.invoiceOf(deal);
    if (invoice.grossMinor === 0n || invoice.grossMinor > 4n * 10n ** 17n) continue;
    made.push(invoice);
    const { buyerId, currency, grossMinor } = invoice;
    scene.figures.add('owed by buyer', buyerId, currency, grossMinor);
    scene.figures.add('invoiced, not paid', exchangeOwner, currency, grossMinor);
    scene.books.push({ invoice, holdings: noHoldings, left: new Map(), setOff: new Map(), payments: [] });
  }
  const [year = 0, month = 0] = scene.period.split('-').map(Number);
  const endsAt = new Date(Date.UTC(year, month, 1));
  if (made.length > 0) scene.post(made.map((invoice) => issuedPosting(invoice, endsAt)));
}

/** Money comes in at the bank; what it is for is told later. */
export function arrive(scene: Scene, currency: Currency, amountMinor: bigint): Posting {
  scene.figures.add('at the bank', exchangeOwner, currency, amountMinor);
  scene.figures.add('arrived, not placed', exchangeOwner, currency, amountMinor);
  const bank = { owner: scene.owner('bank:1'), kind: 'bank', currency } as const;
  const clearing = { owner: exchangeOwner, kind: 'clearing:bank_in', currency } as const;
  return { ...scene.posting('bank_credit', [debit(bank, amountMinor), credit(clearing, amountMinor)]), period: null };
}

/** Pays some or all of what an invoice still asks for. What is paid beyond it is owed to the buyer. */
export function pay(scene: Scene, book: OpenBook, amountMinor: bigint): void {
  const { currency, buyerId } = book.invoice;
  const open = outstandingMinor(book.invoice);
  const due = amountMinor < open ? amountMinor : open;
  const excess = amountMinor - due;
  const postings = [arrive(scene, currency, amountMinor)];
  if (due > 0n) postings.push(settle(scene, book, due));
  if (excess > 0n) {
    scene.figures.add('arrived, not placed', exchangeOwner, currency, -excess);
    scene.figures.add('owed to buyer', buyerId, currency, excess);
    const clearing = { owner: exchangeOwner, kind: 'clearing:bank_in', currency } as const;
    const owed = { owner: buyerId, kind: 'payable:buyer', currency } as const;
    postings.push(scene.posting('credit_on_account', [debit(clearing, excess), credit(owed, excess)]));
  }
  scene.post(postings);
}

/** The buyer's bank kept a fee: the invoice is paid in full, and the fee is named. */
export function payShort(scene: Scene, book: OpenBook): void {
  const { currency } = book.invoice;
  const open = outstandingMinor(book.invoice);
  if (open < 2n) return;
  const fee = scene.random.part(open < 500n ? open - 1n : 499n);
  const named = { owner: exchangeOwner, kind: 'expense:bank_fees', currency } as const;
  const clearing = { owner: exchangeOwner, kind: 'clearing:bank_in', currency } as const;
  scene.figures.add('arrived, not placed', exchangeOwner, currency, fee);
  scene.figures.add('given up', exchangeOwner, currency, fee);
  scene.post([
    arrive(scene, currency, open - fee),
    settle(scene, book, open),
    scene.posting('difference_posted', [debit(named, fee), credit(clearing, fee)]),
  ]);
}

function settle(scene: Scene, book: OpenBook, amountMinor: bigint): Posting {
  const { currency, buyerId, invoiceId } = book.invoice;
  const effectiveAt = scene.day();
  const paid = { paid: money(amountMinor, currency), at: effectiveAt };
  const settled = done(payInvoice(book.invoice, book.holdings.held, paid));
  const id = scene.name('payment');
  book.payments.push({ id, amountMinor });
  const moves = keep(book, settled);
  scene.figures.add('arrived, not placed', exchangeOwner, currency, -amountMinor);
  scene.figures.add('invoiced, not paid', exchangeOwner, currency, -amountMinor);
  scene.figures.add('owed by buyer', buyerId, currency, -amountMinor);
  // What a closed month still brings belongs to the one that is open.
  const period = scene.closed.has(book.invoice.period) ? scene.period : book.invoice.period;
  const posting = paidPosting(settled, { paymentId: id, amountMinor, effectiveAt, period, moves });
  return { ...posting, reference: { kind: 'invoice', id: invoiceId } };
}

/** The payer's bank takes a payment back. Refused when what a credit note made of it has left already. */
export function reverse(scene: Scene, book: OpenBook): void {
  const payment = book.payments.at(-1);
  if (payment === undefined) return;
  const reversed = reversePayment(book.invoice, book.holdings.held, payment.amountMinor);
  if (!reversed.ok) return;
  const { currency, buyerId } = book.invoice;
  const { takenMinor, notRefundedMinor } = reversed.value;
  const moves = accountMovesOf(reversed.value.moves, book.holdings);
  const posting = reversedPosting(reversed.value, contextOf(scene, moves));
  if (scene.figures.get('owed to buyer', buyerId, currency) < notRefundedMinor) {
    scene.post([posting], 'LEDGER_LIMIT_REACHED');
    return;
  }
  book.payments.pop();
  keep(book, reversed.value);
  scene.post([posting]);
  scene.figures.add('owed by buyer', buyerId, currency, takenMinor);
  scene.figures.add('invoiced, not paid', exchangeOwner, currency, takenMinor);
  scene.figures.add('owed to buyer', buyerId, currency, -notRefundedMinor);
  scene.figures.add('arrived, not placed', exchangeOwner, currency, takenMinor + notRefundedMinor);
  // The money leaves the way it came.
  const amountMinor = takenMinor + notRefundedMinor;
  const clearing = { owner: exchangeOwner, kind: 'clearing:bank_in', currency } as const;
  const out = { owner: exchangeOwner, kind: 'clearing:bank_out', currency } as const;
  const bank = { owner: scene.owner('bank:1'), kind: 'bank', currency } as const;
  scene.figures.add('arrived, not placed', exchangeOwner, currency, -amountMinor);
  scene.figures.add('at the bank', exchangeOwner, currency, -amountMinor);
  scene.post([
    scene.posting('refund_instructed', [debit(clearing, amountMinor), credit(out, amountMinor)]),
    scene.posting('bank_debit', [debit(out, amountMinor), credit(bank, amountMinor)]),
  ]);
}

/** Takes some or all of an invoice back; a second one over what is left of it makes whole notes of parts. */
export function creditNote(scene: Scene, book: OpenBook, all: boolean): void {
  const { invoice } = book;
  const [net, tax] = [leftNetMinor(invoice), leftTaxMinor(invoice)];
  if (net === 0n) return;
  const netMinor = all ? net : scene.random.part(net);
  const credited = creditInvoice(invoice, book.holdings.held, {
    netMinor,
    taxMinor: all ? tax : (tax * netMinor) / net,
  });
  if (!credited.ok) return;
  const posting = creditedPosting(credited.value, contextOf(scene, keep(book, credited.value)));
  const { loweredMinor, refundMinor } = credited.value;
  const { currency, buyerId } = invoice;
  scene.figures.add('owed by buyer', buyerId, currency, -loweredMinor);
  scene.figures.add('invoiced, not paid', exchangeOwner, currency, -loweredMinor);
  scene.figures.add('owed to buyer', buyerId, currency, refundMinor);
  scene.post([posting]);
}

/**
 * What every party must hold once all is paid: the split of what is left, as if it had never been anything else; and what
 * it must owe back: what left for it beyond that, less what payouts were set off against.
 */
export function expectHoldings(scene: Scene): void {
  for (const { invoice, left, setOff } of scene.books) {
    const { currency, merchantId, channelPartnerId, fee, splitTerms } = invoice;
    const [net, tax] = [money(leftNetMinor(invoice), currency), money(leftTaxMinor(invoice), currency)];
    const { parts } = splitV2({ net, tax, fee, channelPresent: channelPartnerId !== null, ...splitTerms });
    for (const { party, amount } of parts) {
      const owner = ownerOf(party, { merchantId, channelPartnerId });
      const owed = (left.get(party) ?? 0n) - (setOff.get(party) ?? 0n) - amount.amountMinor;
      const owedMinor = owed > 0n ? owed : 0n;
      scene.figures.add('held for', owner, currency, amount.amountMinor + owedMinor);
      scene.figures.add('owed back by', owner, currency, owedMinor);
    }
  }
}

function ownerOf(party: ShareKey, invoice: Pick<Invoice, 'merchantId' | 'channelPartnerId'>): string {
  if (party === 'merchant') return invoice.merchantId;
  if (party === 'channel') return invoice.channelPartnerId ?? '';
  if (party === 'tax' || party === 'withholding') return 'tax:CN';
  return party.includes(':') ? party.slice(party.indexOf(':') + 1) : party;
}

function contextOf(scene: Scene, moves: readonly AccountMove[]): CorrectionContext {
  return { causeId: scene.name('correction'), effectiveAt: scene.day(), period: scene.period, moves };
}

/** Notes what an invoice and its parties have after a movement. @returns where the parties' parts of it stand. */
function keep(book: OpenBook, { invoice, moves }: SettledInvoice): readonly AccountMove[] {
  const placed = accountMovesOf(moves, book.holdings);
  book.invoice = invoice;
  book.holdings = holdingsAfter(book.holdings, placed);
  return placed;
}

function done<T, E extends { detail: string }>(result: { ok: true; value: T } | { ok: false; error: E }): T {
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
}
