import { newId, ok, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import type { InvoiceError } from '../invoice/invoice.errors.js';
import type { LedgerError } from '../ledger/ledger.errors.js';
import { edgesOf } from './edges.js';
import { MatchEffects, type DatedLine, type MatchToApply } from './match-effects.book.js';
import { matchingRulesOf } from './matching-rules.queries.js';
import { partyKeys } from './matching.js';
import { MatchingRepository, type RecordedGroup } from './matching.repository.js';
import { OpenItems, type Candidates } from './open-items.book.js';
import { reconcile, type MatchGroup } from './passes.js';
import { ReturnedPayouts } from './returned-payouts.book.js';
import { waitingFor } from './waiting-lines.queries.js';

/** A booked line whose money is in the ledger, to be told apart. */
export interface UnmatchedLine extends DatedLine {
  readonly counterpartyName?: string | null;
  readonly counterpartyAccount?: string | null;
  /** Why the bank sends an earlier payment of ours back; null for every other line. */
  readonly returnReason?: string | null;
}

type MatchError = InvoiceError | LedgerError;

/** Tells what bank lines pay, and lets the payment take effect: in the transaction that imports or revisits them. */
@Injectable()
export class MatchLines {
  readonly #matches: MatchingRepository;
  readonly #items: OpenItems;
  readonly #effects: MatchEffects;
  readonly #returns: ReturnedPayouts;

  constructor(matches: MatchingRepository, items: OpenItems, effects: MatchEffects, returns: ReturnedPayouts) {
    this.#matches = matches;
    this.#items = items;
    this.#effects = effects;
    this.#returns = returns;
  }

  /** @returns how many of the lines were matched. */
  async execute(tx: Tx, lines: readonly UnmatchedLine[]): Promise<Result<number, MatchError>> {
    if (lines.length === 0) return ok(0);
    const mine = new Set(lines.map(({ lineId }) => lineId));
    const known = lines.map((line) => ({
      ...line,
      parties: partyKeys(line.counterpartyAccount, line.counterpartyName),
    }));
    const candidates = await this.#items.load(tx, known);
    // An instalment may have come on an earlier statement.
    const earlier = await waitingFor(
      tx,
      [...candidates.named.values()].map(({ id }) => id),
      mine,
    );
    const all = [...earlier.map((line) => ({ ...line, effectiveAt: latest(lines) })), ...known];
    const rules = await matchingRulesOf(tx);
    const result = reconcile({ lines: all, named: candidates.named, pool: candidates.pool, rules });
    const applied = await this.#apply(tx, result.groups, { ruleVersion: rules.version, invoices: candidates.invoices });
    if (!applied.ok) return applied;
    const rest = known.filter(({ lineId }) => result.exceptions.has(lineId));
    const returned = await this.#returns.take(tx, rest, candidates.payouts);
    if (!returned.ok) return returned;
    await this.#leave(tx, { rest: rest.filter(({ lineId }) => !returned.value.has(lineId)), result, candidates });
    const matched = result.groups.flatMap((group) => group.lines.filter(({ lineId }) => mine.has(lineId)));
    return ok(matched.length + returned.value.size);
  }

  async #apply(
    tx: Tx,
    groups: readonly MatchGroup<DatedLine>[],
    { ruleVersion, invoices }: { readonly ruleVersion: string; readonly invoices: Candidates['invoices'] },
  ): Promise<Result<void, MatchError>> {
    const made = groups.map((group) => ({ group, groupId: newId('mgr'), edges: edgesOf(group) }));
    await this.#matches.addGroups(
      tx,
      made.map(({ group, groupId, edges }): RecordedGroup => ({
        ...{ groupId, ruleVersion, matchedBy: 'matching' },
        ...{ pass: group.pass, foundBy: group.foundBy },
        ...{ differenceMinor: group.differenceMinor, differenceKind: group.differenceKind },
        currency: group.lines[0]?.currency ?? '',
        lineIds: group.lines.map(({ lineId }) => lineId),
        settled: group.items.map(({ kind, id }) => ({ kind, id })),
        edges: edges.map(({ line, item, lineMinor }) => ({
          ...{ lineId: line.lineId, kind: item.kind, itemId: item.id, amountMinor: lineMinor, period: item.period },
        })),
      })),
    );
    return this.#effects.apply(
      tx,
      made.map(({ group, groupId, edges }): MatchToApply => ({
        ...{ groupId, edges, differenceMinor: group.differenceMinor, differenceKind: group.differenceKind },
        effectiveAt: latest(group.lines),
      })),
      invoices,
    );
  }

  async #leave(
    tx: Tx,
    {
      rest,
      result,
      candidates,
    }: { rest: readonly UnmatchedLine[]; result: ReturnType<typeof reconcile>; candidates: Candidates },
  ): Promise<void> {
    const verdicts = new Map(
      rest.flatMap((line) => {
        const verdict = result.exceptions.get(line.lineId);
        return verdict === undefined ? [] : [[line.lineId, { line, verdict }] as const];
      }),
    );
    await this.#matches.addExceptions(tx, verdicts);
    const kinds = new Map([...candidates.pool, ...candidates.named.values()].map(({ id, kind }) => [id, kind]));
    const open = result.suggestions.filter(({ lineId }) => verdicts.has(lineId));
    await this.#matches.addSuggestions(
      tx,
      open.map((one) => ({ ...one, items: one.itemIds.map((id) => ({ id, kind: kinds.get(id) ?? 'invoice' })) })),
    );
  }
}

/** Money counts when the last of it is there. */
function latest(lines: readonly DatedLine[]): Date {
  return new Date(Math.max(...lines.map(({ effectiveAt }) => effectiveAt.getTime())));
}
