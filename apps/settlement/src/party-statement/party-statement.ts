import { canonicalJson, formatMoney, money, type Currency } from '@hetao/kernel';
import { inclusionProof, leafHash, merkleRoot } from '@hetao/proofs';

/** What changed a party's part of an invoice in the period. Minor units, negative for what went back. */
export interface StatementShare {
  readonly invoiceId: string;
  readonly number: string;
  readonly share: string;
  readonly cause: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
}

/** A payout of the period. */
export interface StatementPayout {
  readonly payoutId: string;
  readonly status: string;
  readonly grossMinor: bigint;
  readonly paidMinor: bigint;
  readonly currency: Currency;
}

/** What began or ended to wait in the period. */
export interface StatementDeferral {
  readonly deferralId: string;
  readonly kind: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
}

/** Everything one party's statement is made of, each list in id order. */
export interface PartyFigures {
  readonly participantId: string;
  readonly shares: readonly StatementShare[];
  readonly payouts: readonly StatementPayout[];
  readonly deferrals: readonly StatementDeferral[];
}

/** A statement as it is hashed: canonical JSON (RFC 8785), amounts in major units. */
export interface SealedStatement {
  readonly participantId: string;
  readonly document: string;
  readonly leafIndex: number;
  readonly leafHash: string;
}

/** Writes a party's statement: what it earned, what it was paid, what waits. */
export function statementDocument(period: string, figures: PartyFigures): string {
  const amount = (minor: bigint, currency: Currency) => ({ amount: formatMoney(money(minor, currency)), currency });
  return canonicalJson({
    kind: 'hetao.settlement.party-statement.v1',
    period,
    participantId: figures.participantId,
    shares: figures.shares.map(({ amountMinor, currency, ...share }) => ({
      ...share,
      amount: amount(amountMinor, currency),
    })),
    payouts: figures.payouts.map(({ payoutId, status, grossMinor, paidMinor, currency }) => ({
      payoutId,
      status,
      gross: amount(grossMinor, currency),
      paid: amount(paidMinor, currency),
    })),
    waiting: figures.deferrals.map(({ amountMinor, currency, ...one }) => ({
      ...one,
      amount: amount(amountMinor, currency),
    })),
  });
}

/** Seals the statements of a period under one root (RFC 9162 Merkle tree), the leaves in the order of the parties' ids. */
export function sealStatements(
  period: string,
  parties: readonly PartyFigures[],
): { readonly root: string; readonly statements: readonly SealedStatement[] } {
  const ordered = [...parties].sort((a, b) => (a.participantId < b.participantId ? -1 : 1));
  const statements = ordered.map((figures, leafIndex) => {
    const document = statementDocument(period, figures);
    return {
      participantId: figures.participantId,
      document,
      leafIndex,
      leafHash: leafHash(Buffer.from(document, 'utf8')),
    };
  });
  return { root: merkleRoot(statements.map((one) => one.leafHash)), statements };
}

/** The hashes by which a statement leads to the root. */
export function pathOf(leafHashes: readonly string[], leafIndex: number): readonly string[] {
  return inclusionProof(leafHashes, leafIndex);
}
