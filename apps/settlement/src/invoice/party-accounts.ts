import type { ShareKey } from '@hetao/rating';
import type { ShareMove } from './shares.js';

/** What one invoice's parties hold, what of it left the exchange for good, and what of that they owe back. */
export interface Holdings {
  readonly held: ReadonlyMap<ShareKey, bigint>;
  /**
   * What was handed on, or waits to be, less what became a debt of the party, plus debts that a new payment cleared:
   * `held − paidOut` is what stands on the party's account.
   */
  readonly paidOut: ReadonlyMap<ShareKey, bigint>;
  /** Taken back after it was paid out, and neither paid again by the buyer nor set off against a payout yet. */
  readonly owedBack: ReadonlyMap<ShareKey, bigint>;
}

export const noHoldings: Holdings = { held: new Map(), paidOut: new Map(), owedBack: new Map() };

/** Where a party's gain or loss stands in the books. */
export interface AccountMove extends ShareMove {
  /** Onto the party's account; below zero, from it. */
  readonly accountMinor: bigint;
  /** What it owes back more than before; below zero, what of its debt is cleared. `delta = account − debt`. */
  readonly debtMinor: bigint;
}

/**
 * Divides each move between account and debt. What was paid out cannot be taken from an account any more: the party owes
 * it. What is paid again of the same invoice clears that debt first, since the party has that money already; a debt that
 * a payout was set off against is no debt any more, so the new money is owed to the party anew.
 */
export function accountMovesOf(moves: readonly ShareMove[], holdings: Holdings): readonly AccountMove[] {
  return moves.map((move) => {
    const { share, deltaMinor } = move;
    if (deltaMinor >= 0n) {
      const cleared = least(deltaMinor, holdings.owedBack.get(share) ?? 0n);
      return { ...move, accountMinor: deltaMinor - cleared, debtMinor: -cleared };
    }
    const there = (holdings.held.get(share) ?? 0n) - (holdings.paidOut.get(share) ?? 0n);
    const taken = least(-deltaMinor, there < 0n ? 0n : there);
    return { ...move, accountMinor: -taken, debtMinor: -deltaMinor - taken };
  });
}

/** What the parties hold, have and owe after moves. */
export function holdingsAfter(holdings: Holdings, moves: readonly AccountMove[]): Holdings {
  const [held, paidOut, owedBack] = [new Map(holdings.held), new Map(holdings.paidOut), new Map(holdings.owedBack)];
  const add = (to: Map<ShareKey, bigint>, share: ShareKey, minor: bigint): void => {
    to.set(share, (to.get(share) ?? 0n) + minor);
  };
  for (const { share, deltaMinor, debtMinor } of moves) {
    add(held, share, deltaMinor);
    add(paidOut, share, -debtMinor);
    add(owedBack, share, debtMinor);
  }
  return { held, paidOut, owedBack };
}

/** What a party owes back of one invoice's share. */
export interface ShareDebt {
  readonly invoiceId: string;
  readonly share: ShareKey;
  readonly owner: string;
  readonly amountMinor: bigint;
}

/** Which debts an amount set off against a payout settles, the oldest first and the last perhaps in part; and what is left. */
export function setOff<D extends ShareDebt>(
  debts: readonly D[],
  amountMinor: bigint,
): { readonly settled: readonly D[]; readonly left: readonly D[] } {
  const [settled, left]: [D[], D[]] = [[], []];
  let rest = amountMinor;
  for (const debt of debts) {
    const part = least(rest, debt.amountMinor);
    rest -= part;
    if (part > 0n) settled.push({ ...debt, amountMinor: part });
    if (part < debt.amountMinor) left.push({ ...debt, amountMinor: debt.amountMinor - part });
  }
  return { settled, left };
}

function least(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}
