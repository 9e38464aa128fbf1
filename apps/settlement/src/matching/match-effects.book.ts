import { money, ok, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import { InvoiceBook } from '../invoice/invoice.book.js';
import type { InvoiceError } from '../invoice/invoice.errors.js';
import type { Invoice } from '../invoice/invoice.js';
import type { LedgerError } from '../ledger/ledger.errors.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { PayoutBook } from '../payout/payout.book.js';
import { RefundBook } from '../payout/refund.book.js';
import { differencePosting } from './difference.postings.js';
import type { Edge } from './edges.js';
import type { MatchableLine } from './matching.js';
import type { DifferenceKind } from './passes.js';

/** A line whose money stands on a clearing account, and from when it counts. */
export interface DatedLine extends MatchableLine {
  readonly effectiveAt: Date;
}

/** A match about to take effect. */
export interface MatchToApply {
  readonly groupId: string;
  readonly edges: readonly Edge<DatedLine>[];
  readonly differenceMinor: bigint;
  readonly differenceKind: DifferenceKind | null;
  readonly effectiveAt: Date;
}

/** Lets matches take effect: differences first, since they make the money meet, then what the lines settle. */
@Injectable()
export class MatchEffects {
  readonly #ledger: LedgerRepository;
  readonly #invoices: InvoiceBook;
  readonly #payouts: PayoutBook;
  readonly #refunds: RefundBook;

  constructor(ledger: LedgerRepository, invoices: InvoiceBook, payouts: PayoutBook, refunds: RefundBook) {
    this.#ledger = ledger;
    this.#invoices = invoices;
    this.#payouts = payouts;
    this.#refunds = refunds;
  }

  async apply(
    tx: Tx,
    matches: readonly MatchToApply[],
    invoices: ReadonlyMap<string, Invoice>,
  ): Promise<Result<void, InvoiceError | LedgerError>> {
    const posted = await this.#ledger.post(tx, matches.flatMap(differenceOf));
    if (!posted.ok) return posted;
    const paid = await this.#invoices.pay(
      tx,
      matches.flatMap((match) => paymentsOf(match, invoices)),
    );
    if (!paid.ok) return paid;
    await this.#payouts.settle(
      tx,
      settledBy(matches, 'payout').map(({ itemId, ...rest }) => ({ payoutId: itemId, ...rest })),
    );
    await this.#refunds.settle(
      tx,
      settledBy(matches, 'refund').map(({ itemId, ...rest }) => ({ refundId: itemId, ...rest })),
    );
    return ok(undefined);
  }
}

function differenceOf({ groupId, edges, differenceMinor, differenceKind, effectiveAt }: MatchToApply) {
  const [edge] = edges;
  if (edge === undefined || differenceKind === null) return [];
  const { side, currency } = edge.line;
  return differencePosting({
    key: `difference:${groupId}`,
    kind: differenceKind,
    ...{ side, currency, differenceMinor, effectiveAt },
    period: edge.item.period,
    reference: { kind: 'match', id: groupId },
  });
}

function paymentsOf({ edges, effectiveAt }: MatchToApply, invoices: ReadonlyMap<string, Invoice>) {
  return edges.flatMap(({ line, item, itemMinor }) => {
    const invoice = item.kind === 'invoice' ? invoices.get(item.id) : undefined;
    if (invoice === undefined) return [];
    return [{ invoice, paid: money(itemMinor, invoice.currency), statementLineId: line.lineId, effectiveAt }];
  });
}

/** A payout or refund is settled once, by the last line that pays of it. */
function settledBy(matches: readonly MatchToApply[], kind: 'payout' | 'refund') {
  const last = new Map<string, { itemId: string; statementLineId: string; settledAt: Date }>();
  for (const { edges, effectiveAt } of matches) {
    for (const { line, item } of edges) {
      if (item.kind === kind)
        last.set(item.id, { itemId: item.id, statementLineId: line.lineId, settledAt: effectiveAt });
    }
  }
  return [...last.values()];
}
