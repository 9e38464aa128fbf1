import { newId, ok, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import type { LedgerError } from '../ledger/ledger.errors.js';
import type { Payout } from '../payout/payout.js';
import { PayoutEnding } from '../payout/payout.ending.js';
import type { DatedLine } from './match-effects.book.js';
import { matchingRule, referencesIn } from './matching.js';
import { MatchingRepository } from './matching.repository.js';

interface ReturnLine extends DatedLine {
  readonly returnReason?: string | null;
}

/** Finds the lines by which the bank sends payouts back, and lets them be owed again. */
@Injectable()
export class ReturnedPayouts {
  readonly #endings: PayoutEnding;
  readonly #matches: MatchingRepository;

  constructor(endings: PayoutEnding, matches: MatchingRepository) {
    this.#endings = endings;
    this.#matches = matches;
  }

  /** @returns the lines that were returns: money in that names one payout, of its whole amount, with a reason or as a reversal. */
  async take(
    tx: Tx,
    lines: readonly ReturnLine[],
    payouts: ReadonlyMap<string, Payout>,
  ): Promise<Result<ReadonlySet<string>, LedgerError>> {
    const taken = new Set<string>();
    for (const line of lines) {
      const payout = returnedBy(line, payouts);
      if (payout === undefined) continue;
      const reason = line.returnReason ?? 'REVERSAL';
      const ended = await this.#endings.returned(tx, {
        payoutId: payout.payoutId,
        reason,
        effectiveAt: line.effectiveAt,
      });
      if (!ended.ok) return ended;
      // Told before by an advice or a second line, or not seen to leave yet: a person has to look.
      if (ended.value === null) continue;
      taken.add(line.lineId);
      await this.#record(tx, line, payout.payoutId, ended.value.period);
    }
    return ok(taken);
  }

  async #record(tx: Tx, line: ReturnLine, payoutId: string, period: string | null): Promise<void> {
    const group = {
      ...({ groupId: newId('mgr'), pass: 'exact', ruleVersion: matchingRule, foundBy: 'end_to_end_id' } as const),
      ...{ differenceMinor: 0n, differenceKind: null, currency: line.currency, matchedBy: 'matching' },
      lineIds: [line.lineId],
      settled: [{ kind: 'payout_return' as const, id: payoutId }],
      edges: [
        {
          lineId: line.lineId,
          kind: 'payout_return' as const,
          itemId: payoutId,
          amountMinor: line.amountMinor,
          period,
        },
      ],
    };
    await this.#matches.addGroups(tx, [group]);
  }
}

function returnedBy(line: ReturnLine, payouts: ReadonlyMap<string, Payout>): Payout | undefined {
  const isReturn = line.side === 'credit' && ((line.returnReason ?? null) !== null || line.reversal);
  if (!isReturn) return undefined;
  const named = [...new Set([...referencesIn(line.endToEndId ?? ''), ...referencesIn(line.remittance)])];
  const [payout, ...others] = named.flatMap((reference) => payouts.get(reference) ?? []);
  if (payout === undefined || others.length > 0) return undefined;
  return payout.amountMinor === line.amountMinor && payout.currency === line.currency ? payout : undefined;
}
