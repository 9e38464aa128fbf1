import { Inject, Injectable } from '@nestjs/common';
import { err, newId, ok, type Clock, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { charge, epsilonCharged, giveBack, MOST_EPSILON, reserve, type Entry, type Spender } from './privacy-ledger.js';
import { privacyErrors, type PrivacyError } from './privacy.errors.js';
import { PrivacyLedgerRepository, type HeldLedger } from './privacy-ledger.repository.js';

/** Who spends from which ledger. */
export interface SpenderRef {
  readonly ledgerId: string;
  readonly spender: Spender;
  readonly spenderId: string;
}

/**
 * Takes from privacy budgets. Everything happens in the caller's transaction: the charge commits with what it pays for,
 * and what it pays for is sent after the commit. So nothing that left was not charged.
 */
@Injectable()
export class PrivacyAccount {
  constructor(
    private readonly ledgers: PrivacyLedgerRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The one ledger of a project on a dataset version, opened when it is first asked for. Its terms stay those of that day:
   * an agreement that is offered anew with a larger ε is no refill.
   */
  openOnce(tx: Tx, terms: Omit<HeldLedger, 'id' | 'entries' | 'openedAt'>): Promise<HeldLedger> {
    const epsilonCap = Math.min(terms.epsilonCap, MOST_EPSILON);
    return this.ledgers.openOnce(tx, { ...terms, epsilonCap, id: newId('plg'), openedAt: this.clock.now() });
  }

  /** Sets runs of a mechanism aside. @returns PRIVACY_BUDGET_EXHAUSTED. */
  async reserve(
    tx: Tx,
    ref: SpenderRef,
    wanted: Pick<Entry, 'mechanism'> & { readonly count: number },
  ): Promise<Result<Entry, PrivacyError>> {
    const ledger = await this.#locked(tx, ref.ledgerId);
    if (!ledger.ok) return ledger;
    const { spender, spenderId } = ref;
    const entry = reserve(ledger.value, { spender, spenderId, ...wanted });
    if (entry.ok) await this.ledgers.put(tx, ref.ledgerId, entry.value);
    return entry;
  }

  /** Charges one run of what was reserved. @returns ε of the project after it. */
  async charge(tx: Tx, ref: SpenderRef): Promise<Result<number, PrivacyError>> {
    const ledger = await this.#locked(tx, ref.ledgerId);
    if (!ledger.ok) return ledger;
    const held = ledger.value.entries.find((entry) => isOf(entry, ref));
    if (held === undefined)
      return err(privacyErrors.PRIVACY_RESERVATION_USED_UP(`Nothing is reserved for ${ref.spenderId}.`));
    const charged = charge(held);
    if (!charged.ok) return charged;
    await this.ledgers.put(tx, ref.ledgerId, charged.value);
    const entries = ledger.value.entries.map((entry) => (entry === held ? charged.value : entry));
    return ok(epsilonCharged({ ...ledger.value, entries }));
  }

  /** Gives back what a spender that has ended did not use. */
  async giveBack(tx: Tx, ref: SpenderRef): Promise<void> {
    const ledger = await this.ledgers.lock(tx, ref.ledgerId);
    const held = ledger?.entries.find((entry) => isOf(entry, ref));
    if (held !== undefined) await this.ledgers.put(tx, ref.ledgerId, giveBack(held));
  }

  async #locked(tx: Tx, id: string): Promise<Result<HeldLedger, PrivacyError>> {
    const ledger = await this.ledgers.lock(tx, id);
    return ledger === null ? err(privacyErrors.PRIVACY_LEDGER_NOT_FOUND(`No ledger ${id}.`)) : ok(ledger);
  }
}

function isOf(entry: Entry, { spender, spenderId }: SpenderRef): boolean {
  return entry.spender === spender && entry.spenderId === spenderId;
}
