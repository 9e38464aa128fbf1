import type { Clock, Currency } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK, SERVICE_CONFIG } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { BankAccount } from '../agreement/agreement.js';
import type { ShareDebt } from '../invoice/party-accounts.js';
import { lockDebts, openDebts } from '../invoice/share-debts.repository.js';
import { dateIn } from '../period/period.js';
import type { SettlementConfig } from '../settlement.config.js';
import { fitsAccount } from './pain001.js';
import type { HoldReason } from './payout.js';
import { defaultTerms, type SettlementTerms } from './settlement-terms.js';

/** What is known of a party that is to be paid. */
export interface PartyFacts {
  readonly terms: SettlementTerms;
  readonly held: boolean;
  /** Where its money goes, or why it cannot. */
  readonly account: BankAccount | HoldReason;
  /** What it owes back, the oldest first. */
  readonly debts: readonly PartyDebt[];
}

/** A debt of one party, in one currency. */
export type PartyDebt = ShareDebt & { readonly currency: Currency };

/** The terms as they are stored: amounts as text. */
export interface StoredTerms extends Omit<SettlementTerms, 'minimumMinor'> {
  readonly minimumMinor: Readonly<Partial<Record<Currency, string>>>;
}

interface PartyRow {
  readonly id: string;
  readonly known: boolean;
  readonly first_account: BankAccount | null;
  readonly details: BankAccount | null;
  readonly cooling: boolean;
  readonly terms: StoredTerms | null;
  readonly held: boolean;
}

const FACTS = `
  SELECT q.id, p.participant_id IS NOT NULL AS known, p.bank_account AS first_account,
         (SELECT d.account FROM bank_details d WHERE d.participant_id = q.id AND d.state = 'approved' AND d.effective_from <= $2
           ORDER BY d.effective_from DESC LIMIT 1) AS details,
         EXISTS (SELECT 1 FROM bank_details d WHERE d.participant_id = q.id AND d.state = 'approved' AND d.effective_from > $2) AS cooling,
         (SELECT t.terms FROM settlement_terms t WHERE t.participant_id = q.id ORDER BY t.version DESC LIMIT 1) AS terms,
         EXISTS (SELECT 1 FROM payout_holds h WHERE h.participant_id = q.id AND h.released_at IS NULL) AS held
    FROM unnest($1::text[]) AS q(id) LEFT JOIN participants p ON p.participant_id = q.id`;

/** Gathers what decides whether, when and where parties are paid. */
@Injectable()
export class PayoutFacts {
  readonly #clock: Clock;
  readonly #zone: string;

  constructor(@Inject(CLOCK) clock: Clock, @Inject(SERVICE_CONFIG) config: SettlementConfig) {
    this.#clock = clock;
    this.#zone = config.LEGAL_TIME_ZONE;
  }

  /** Today's date in the legal zone, and the zone. */
  now(): { readonly today: string; readonly zone: string } {
    return { today: dateIn(this.#zone, this.#clock.now().getTime()), zone: this.#zone };
  }

  /** Of some parties; what they owe back stays as it is told until the transaction ends. */
  async of(tx: Tx, partyIds: readonly string[]): Promise<(partyId: string) => PartyFacts> {
    const ids = [...new Set(partyIds)];
    const rows = await tx.query<PartyRow>(FACTS, [ids, this.#clock.now()]);
    await lockDebts(tx, { owners: ids });
    const debts = Map.groupBy(await openDebts(tx, ids), ({ owner }) => owner);
    const facts = new Map(
      rows.map((row) => {
        const owed = debts.get(row.id) ?? [];
        return [row.id, { terms: termsOf(row.terms), held: row.held, account: accountOf(row), debts: owed }];
      }),
    );
    return (partyId) =>
      facts.get(partyId) ?? { terms: defaultTerms, held: false, account: 'BENEFICIARY_UNKNOWN', debts: [] };
  }
}

/** The terms of a row; the default ones where nothing was agreed. */
export function termsOf(stored: StoredTerms | null): SettlementTerms {
  if (stored === null) return defaultTerms;
  const minimum = Object.entries(stored.minimumMinor).map(([currency, minor]) => [currency, BigInt(minor)]);
  return { ...stored, minimumMinor: Object.fromEntries(minimum) as SettlementTerms['minimumMinor'] };
}

/** A changed account is not paid to at once, and the old one not any more: whoever changed it by fraud waits in vain. */
function accountOf({ known, first_account: first, details, cooling }: PartyRow): BankAccount | HoldReason {
  if (!known) return 'BENEFICIARY_UNKNOWN';
  if (cooling) return 'BANK_DETAILS_COOLING';
  const account = details ?? first;
  if (account === null) return 'BANK_ACCOUNT_MISSING';
  return fitsAccount(account) ? account : 'BANK_ACCOUNT_UNFIT';
}
