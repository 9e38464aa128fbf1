import { money, ok, type Clock, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { InvoiceBook } from '../invoice/invoice.book.js';
import type { InvoiceError } from '../invoice/invoice.errors.js';
import type { Invoice } from '../invoice/invoice.js';
import type { LedgerError } from '../ledger/ledger.errors.js';
import { PayoutBook } from '../payout/payout.book.js';
import type { Payout } from '../payout/payout.js';
import { matchLines, referencesOf, type MatchableLine, type OpenItem, type Verdict } from './matching.js';
import { MatchingRepository } from './matching.repository.js';

/** A booked line whose money is in the ledger, to be told apart. */
export interface UnmatchedLine extends MatchableLine {
  /** From when its money counts. */
  readonly effectiveAt: Date;
}

/** Tells what bank lines pay, and lets the payment take effect: in the transaction that imports or revisits them. */
@Injectable()
export class MatchLines {
  readonly #matches: MatchingRepository;
  readonly #invoices: InvoiceBook;
  readonly #payouts: PayoutBook;
  readonly #clock: Clock;

  constructor(matches: MatchingRepository, invoices: InvoiceBook, payouts: PayoutBook, @Inject(CLOCK) clock: Clock) {
    this.#matches = matches;
    this.#invoices = invoices;
    this.#payouts = payouts;
    this.#clock = clock;
  }

  /** @returns how many lines were matched. */
  async execute(tx: Tx, lines: readonly UnmatchedLine[]): Promise<Result<number, InvoiceError | LedgerError>> {
    const references = referencesOfAll(lines);
    const invoices = await this.#invoices.lockByReference(tx, references);
    const payouts = await this.#payouts.lockByReference(tx, references);
    const verdicts = matchLines(lines, itemsByReference(invoices, payouts));
    const decided = lines.flatMap((line) => {
      const verdict = verdicts.get(line.lineId);
      return verdict === undefined ? [] : [{ line, verdict }];
    });
    const paid = await this.#invoices.pay(tx, paymentsOf(decided, invoices));
    if (!paid.ok) return paid;
    await this.#payouts.settle(tx, settlementsOf(decided));
    await this.#matches.record(
      tx,
      decided.map(({ line, verdict }) => ({ ...line, verdict })),
      this.#clock.now(),
    );
    return ok(decided.filter(({ verdict }) => verdict.kind === 'match').length);
  }
}

interface Decided {
  readonly line: UnmatchedLine;
  readonly verdict: Verdict;
}

function referencesOfAll(lines: readonly MatchableLine[]): readonly string[] {
  const references = lines.flatMap((line) => {
    const { endToEndId, remittance } = referencesOf(line);
    return [...endToEndId, ...remittance];
  });
  return [...new Set(references)];
}

/** An invoice can be named by its number or its id. */
function itemsByReference(invoices: readonly Invoice[], payouts: readonly Payout[]): ReadonlyMap<string, OpenItem> {
  const items = new Map<string, OpenItem>();
  for (const { invoiceId, number, period, grossMinor, currency, state } of invoices) {
    const item: OpenItem = {
      kind: 'invoice',
      id: invoiceId,
      name: number,
      period,
      amountMinor: grossMinor,
      currency,
      open: state === 'issued',
    };
    items.set(invoiceId, item).set(number, item);
  }
  for (const { payoutId, period, amountMinor, currency, state } of payouts) {
    const open = state === 'instructed';
    items.set(payoutId, { kind: 'payout', id: payoutId, name: payoutId, period, amountMinor, currency, open });
  }
  return items;
}

function paymentsOf(decided: readonly Decided[], invoices: readonly Invoice[]) {
  const byId = new Map(invoices.map((invoice) => [invoice.invoiceId, invoice]));
  return decided.flatMap(({ line, verdict }) => {
    const invoice = verdict.kind === 'match' ? byId.get(verdict.item.id) : undefined;
    if (invoice === undefined) return [];
    return [
      {
        invoice,
        paid: money(line.amountMinor, invoice.currency),
        statementLineId: line.lineId,
        effectiveAt: line.effectiveAt,
      },
    ];
  });
}

function settlementsOf(decided: readonly Decided[]) {
  return decided.flatMap(({ line, verdict }) =>
    verdict.kind === 'match' && verdict.item.kind === 'payout'
      ? [{ payoutId: verdict.item.id, statementLineId: line.lineId, settledAt: line.effectiveAt }]
      : [],
  );
}
