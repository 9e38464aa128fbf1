import { err, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { EffectError } from './exception.effects.js';
import { exceptionErrors, type ExceptionError } from './exception.errors.js';
import { ExceptionStore } from './exception.store.js';
import { ResolveException } from './exception.use-cases.js';

interface SuggestionRow {
  readonly suggestion_id: string;
  readonly line_id: string;
  readonly items: readonly { readonly kind: string; readonly id: string }[];
}

/** Confirms or rejects what matching suggested. */
@Injectable()
export class ConfirmSuggestion {
  readonly #uow: UnitOfWork;
  readonly #store: ExceptionStore;
  readonly #resolve: ResolveException;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, store: ExceptionStore, resolve: ResolveException, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#store = store;
    this.#resolve = resolve;
    this.#clock = clock;
  }

  /** Pays the suggested invoices in their order with the line; what is left stays on the buyer's account. */
  confirm(suggestionId: string, by: string): Promise<Result<void, EffectError>> {
    return this.#uow.runResult(async (tx): Promise<Result<void, EffectError>> => {
      const found = await lockOpen(tx, suggestionId);
      if (!found.ok) return found;
      const { line_id: lineId, items } = found.value;
      const waiting = await this.#store.openOf(tx, lineId);
      if (!waiting.ok) return waiting;
      if (items.some(({ kind }) => kind !== 'invoice')) {
        return err(
          exceptionErrors.EXCEPTION_ACTION_UNFIT('Money that left is matched by the reference of its payout alone.'),
        );
      }
      const allocations = await allocationsOf(
        tx,
        items.map(({ id }) => id),
        waiting.value.amountMinor,
      );
      const resolution = { action: 'allocate', allocations, remainder: 'credit_on_account' } as const;
      const { exceptionId } = waiting.value;
      const resolved = await this.#resolve.run(tx, { exceptionId, resolution, buyerId: null, refundTo: null, by });
      if (!resolved.ok) return resolved;
      await this.#decide(tx, suggestionId, 'confirmed', by);
      return ok(undefined);
    });
  }

  reject(suggestionId: string, by: string): Promise<Result<void, ExceptionError>> {
    return this.#uow.runResult(async (tx): Promise<Result<void, ExceptionError>> => {
      const found = await lockOpen(tx, suggestionId);
      if (!found.ok) return found;
      await this.#decide(tx, suggestionId, 'rejected', by);
      return ok(undefined);
    });
  }

  async #decide(tx: Tx, suggestionId: string, state: 'confirmed' | 'rejected', by: string): Promise<void> {
    await tx.execute(
      'UPDATE match_suggestions SET state = $2, decided_by = $3, decided_at = $4 WHERE suggestion_id = $1',
      [...[suggestionId, state, by, this.#clock.now()]],
    );
  }
}

async function lockOpen(tx: Tx, suggestionId: string): Promise<Result<SuggestionRow, ExceptionError>> {
  const [row] = await tx.query<SuggestionRow>(
    `SELECT suggestion_id, line_id, items FROM match_suggestions WHERE suggestion_id = $1 AND state = 'open' FOR UPDATE`,
    [suggestionId],
  );
  return row === undefined
    ? err(exceptionErrors.SUGGESTION_NOT_OPEN(`Suggestion ${suggestionId} is not open.`))
    : ok(row);
}

async function allocationsOf(tx: Tx, invoiceIds: readonly string[], amountMinor: bigint) {
  const rows = await tx.query<{ invoice_id: string; open: string }>(
    `SELECT invoice_id, gross_minor - credited_minor - paid_minor AS open FROM invoices
      WHERE invoice_id = ANY($1) AND state IN ('issued', 'part_paid') ORDER BY year, year_no`,
    [invoiceIds],
  );
  let left = amountMinor;
  return rows.flatMap(({ invoice_id: invoiceId, open }) => {
    const part = BigInt(open) < left ? BigInt(open) : left;
    left -= part;
    return part > 0n ? [{ invoiceId, amountMinor: part }] : [];
  });
}
