import { err, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { ledgerErrors, type LedgerError } from './ledger.errors.js';

/** What an account's balance may not leave. Signed minor units, debits positive; null is no limit of its own. */
export interface AccountLimits {
  readonly floorMinor: bigint | null;
  readonly ceilingMinor: bigint | null;
  readonly reason: string;
  readonly setBy: string;
}

/**
 * Limits an account beyond what its kind does. A limit never loosens that of the kind, and one that the balance is
 * already beyond only forbids to go further.
 */
@Injectable()
export class LimitAccount {
  readonly #uow: UnitOfWork;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#clock = clock;
  }

  execute(accountId: string, limits: AccountLimits): Promise<Result<void, LedgerError>> {
    const { floorMinor, ceilingMinor, reason, setBy } = limits;
    return this.#uow.runResult(async (tx) => {
      const set = await tx.execute(
        `INSERT INTO ledger_account_limits (account_no, floor_minor, ceiling_minor, reason, set_by, set_at)
         SELECT account_no, $2, $3, $4, $5, $6 FROM ledger_accounts WHERE account_id = $1`,
        [accountId, floorMinor, ceilingMinor, reason, setBy, this.#clock.now()],
      );
      if (set > 0) return ok(undefined);
      return err(ledgerErrors.LEDGER_ACCOUNT_NOT_FOUND(`There is no ledger account ${accountId}.`));
    });
  }
}
