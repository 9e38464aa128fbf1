import { newId, type Clock } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { MatchableLine, Verdict } from './matching.js';
import type { Pass } from './passes.js';
import type { Suggestion } from './suggestions.js';

/** What a match settles; a returned payout is an item of its own beside the payout. */
export const matchedKinds = ['invoice', 'payout', 'refund', 'payout_return', 'payment_reversal'] as const;
export type MatchedKind = (typeof matchedKinds)[number];

/** A match to be kept. Lines and the items it settles in full become its members. */
export interface RecordedGroup {
  readonly groupId: string;
  readonly pass: Pass;
  readonly ruleVersion: string;
  readonly foundBy: string;
  readonly differenceMinor: bigint;
  readonly differenceKind: 'bank_fee' | 'rounding' | null;
  readonly currency: string;
  readonly matchedBy: string;
  readonly lineIds: readonly string[];
  readonly settled: readonly { readonly kind: MatchedKind; readonly id: string }[];
  readonly edges: readonly RecordedEdge[];
}

export interface RecordedEdge {
  readonly lineId: string;
  readonly kind: MatchedKind;
  readonly itemId: string;
  readonly amountMinor: bigint;
  /** Period whose books the money belongs to; null for none. */
  readonly period: string | null;
}

type ExceptionVerdict = Extract<Verdict, { kind: 'exception' }>;

/** Within how long somebody has to decide: large amounts by the next day, all others in two. */
const SLA_HOURS = { large: 24, other: 48 };
const LARGE_MINOR = 10_000_000n;

/** Matches, suggestions and exceptions. Nothing is removed: a match ends, an exception is resolved. */
@Injectable()
export class MatchingRepository {
  readonly #clock: Clock;

  constructor(@Inject(CLOCK) clock: Clock) {
    this.#clock = clock;
  }

  /** Keeps matches; the unique index refuses a line or an item that stands in another one. */
  async addGroups(tx: Tx, groups: readonly RecordedGroup[]): Promise<void> {
    if (groups.length === 0) return;
    const now = this.#clock.now();
    await tx.execute(
      `INSERT INTO match_groups (group_id, pass, rule_version, found_by, difference_minor, difference_kind, currency, matched_by, matched_at)
       SELECT r.id, r.pass, r.rules, r.found_by, r.difference, r.kind, r.currency, r.matched_by, $2
         FROM jsonb_to_recordset($1) AS r(id text, pass text, rules text, found_by text, difference bigint, kind text, currency text, matched_by text)`,
      [JSON.stringify(groups.map(groupRow)), now],
    );
    await tx.execute(
      `INSERT INTO match_members (group_id, kind, member_id)
       SELECT r."group", r.kind, r.member FROM jsonb_to_recordset($1) AS r("group" text, kind text, member text)
        ORDER BY r.kind, r.member`,
      [JSON.stringify(groups.flatMap(memberRows))],
    );
    await tx.execute(
      `INSERT INTO bank_matches (match_id, group_id, line_id, item_kind, item_id, amount_minor, currency, found_by, rule_version, matched_at, period)
       SELECT r.id, r."group", r.line, r.kind, r.item, r.amount, r.currency, r.found_by, r.rules, $2, r.period
         FROM jsonb_to_recordset($1) AS r(id text, "group" text, line text, kind text, item text, amount bigint, currency text, found_by text, rules text, period text)`,
      [JSON.stringify(groups.flatMap(edgeRows)), now],
    );
    const lineIds = groups.flatMap(({ lineIds: ids }) => ids);
    await this.resolve(tx, { lineIds, resolution: 'matched', by: 'matching' });
    await this.#setState(tx, lineIds, 'matched');
  }

  /** Keeps new exceptions over the lines' old ones; one that says the same again keeps its age and its owner. */
  async addExceptions(
    tx: Tx,
    verdicts: ReadonlyMap<string, { line: MatchableLine; verdict: ExceptionVerdict }>,
  ): Promise<void> {
    const changed = await this.#changed(tx, verdicts);
    if (changed.length === 0) return;
    const now = this.#clock.now();
    const lineIds = changed.map(({ line }) => line.lineId);
    await this.resolve(tx, { lineIds, resolution: 'superseded', by: 'matching' });
    await tx.execute(
      `INSERT INTO match_exceptions (exception_id, line_id, reason, detail, item_kind, item_id, period, opened_at, due_at)
       SELECT r.id, r.line, r.reason, r.detail, r.kind, r.item, r.period, $2, $2::timestamptz + r.hours * interval '1 hour'
         FROM jsonb_to_recordset($1) AS r(id text, line text, reason text, detail text, kind text, item text, period text, hours integer)`,
      [JSON.stringify(changed.map(exceptionRow)), now],
    );
    await this.#setState(tx, lineIds, 'exception');
  }

  /** Ends the lines' open exceptions. */
  async resolve(
    tx: Tx,
    {
      lineIds,
      resolution,
      by,
    }: { readonly lineIds: readonly string[]; readonly resolution: string; readonly by: string },
  ): Promise<void> {
    await tx.execute(
      `UPDATE match_exceptions SET resolved_at = $2, state = 'resolved', resolution = $3, resolved_by = $4
        WHERE line_id = ANY($1) AND resolved_at IS NULL`,
      [lineIds, this.#clock.now(), resolution, by],
    );
    await tx.execute(`UPDATE match_suggestions SET state = 'stale' WHERE line_id = ANY($1) AND state = 'open'`, [
      lineIds,
    ]);
  }

  /** What lines may mean; what was suggested before and is not any more becomes stale. */
  async addSuggestions(
    tx: Tx,
    suggestions: readonly (Suggestion & { readonly items: readonly { kind: string; id: string }[] })[],
  ): Promise<void> {
    const lineIds = [...new Set(suggestions.map(({ lineId }) => lineId))];
    await tx.execute(`UPDATE match_suggestions SET state = 'stale' WHERE line_id = ANY($1) AND state = 'open'`, [
      lineIds,
    ]);
    await tx.execute(
      `INSERT INTO match_suggestions (suggestion_id, line_id, items, score, ground, reason, state, suggested_at)
       SELECT r.id, r.line, r.items, r.score, r.ground, r.reason, 'open', $2
         FROM jsonb_to_recordset($1) AS r(id text, line text, items jsonb, score smallint, ground text, reason text)`,
      [
        JSON.stringify(
          suggestions.map(({ lineId, items, score, ground, reason }) => ({
            id: newId('sug'),
            line: lineId,
            items,
            score,
            ground,
            reason,
          })),
        ),
        this.#clock.now(),
      ],
    );
  }

  async #setState(tx: Tx, lineIds: readonly string[], state: string): Promise<void> {
    await tx.execute(`UPDATE bank_statement_lines SET state = $2 WHERE line_id = ANY($1)`, [lineIds, state]);
  }

  async #changed(tx: Tx, verdicts: ReadonlyMap<string, { line: MatchableLine; verdict: ExceptionVerdict }>) {
    const open = await tx.query<{ line_id: string; reason: string; detail: string }>(
      'SELECT line_id, reason, detail FROM match_exceptions WHERE line_id = ANY($1) AND resolved_at IS NULL',
      [[...verdicts.keys()]],
    );
    const before = new Map(open.map((row) => [row.line_id, row]));
    return [...verdicts.values()].filter(({ line, verdict }) => {
      const known = before.get(line.lineId);
      return known === undefined || known.reason !== verdict.reason || known.detail !== verdict.detail;
    });
  }
}

function groupRow(group: RecordedGroup) {
  const { groupId: id, pass, ruleVersion: rules, foundBy: found_by, differenceKind: kind, currency, matchedBy } = group;
  return {
    id,
    pass,
    rules,
    found_by,
    difference: group.differenceMinor.toString(),
    kind,
    currency,
    matched_by: matchedBy,
  };
}

function memberRows({ groupId, lineIds, settled }: RecordedGroup) {
  return [
    ...lineIds.map((member) => ({ group: groupId, kind: 'line', member })),
    ...settled.map(({ kind, id }) => ({ group: groupId, kind, member: id })),
  ];
}

function edgeRows({ groupId: group, currency, foundBy: found_by, ruleVersion: rules, edges }: RecordedGroup) {
  return edges.map(({ lineId: line, kind, itemId: item, amountMinor, period }) => ({
    ...{ id: newId('mch'), group, line, kind, item, currency, found_by, rules, period },
    amount: amountMinor.toString(),
  }));
}

function exceptionRow({ line, verdict }: { line: MatchableLine; verdict: ExceptionVerdict }) {
  const { reason, detail, item } = verdict;
  const hours = line.amountMinor >= LARGE_MINOR ? SLA_HOURS.large : SLA_HOURS.other;
  const about = { kind: item?.kind ?? null, item: item?.id ?? null, period: item?.period ?? null };
  return { id: newId('exc'), line: line.lineId, reason, detail, ...about, hours };
}
