import { newId } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import { matchingRule, type Verdict } from './matching.js';

/** A line and what it turned out to be. */
export interface DecidedLine {
  readonly lineId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly verdict: Verdict;
}

/** Matches and exceptions. Nothing is removed: a match ends, an exception is resolved. */
@Injectable()
export class MatchingRepository {
  /** Keeps new verdicts over the lines' old ones. The unique indexes refuse a second match of a line or an item. */
  async record(tx: Tx, decided: readonly DecidedLine[], now: Date): Promise<void> {
    const lines = await this.#changed(tx, decided);
    if (lines.length === 0) return;
    const ids = lines.map(({ lineId }) => lineId);
    await tx.execute(`UPDATE match_exceptions SET resolved_at = $2 WHERE line_id = ANY($1) AND resolved_at IS NULL`, [
      ids,
      now,
    ]);
    await tx.execute(
      `INSERT INTO bank_matches (match_id, line_id, item_kind, item_id, amount_minor, currency, found_by, rule_version, matched_at)
       SELECT r.id, r.line, r.kind, r.item, r.amount, r.currency, r.found_by, $2, $3
         FROM jsonb_to_recordset($1) AS r(id text, line text, kind text, item text, amount bigint, currency text, found_by text)`,
      [JSON.stringify(lines.flatMap(matchRow)), matchingRule, now],
    );
    await tx.execute(
      `INSERT INTO match_exceptions (exception_id, line_id, reason, detail, item_kind, item_id, period, opened_at)
       SELECT r.id, r.line, r.reason, r.detail, r.kind, r.item, r.period, $2
         FROM jsonb_to_recordset($1) AS r(id text, line text, reason text, detail text, kind text, item text, period text)`,
      [JSON.stringify(lines.flatMap(exceptionRow)), now],
    );
    await tx.execute(
      `UPDATE bank_statement_lines SET state = r.state
         FROM unnest($1::text[], $2::text[]) AS r(line_id, state) WHERE bank_statement_lines.line_id = r.line_id`,
      [ids, lines.map(({ verdict }) => (verdict.kind === 'match' ? 'matched' : 'exception'))],
    );
  }

  /** A second look that sees what the first one saw leaves the exception and its age as they are. */
  async #changed(tx: Tx, decided: readonly DecidedLine[]): Promise<readonly DecidedLine[]> {
    const open = await tx.query<{ line_id: string; reason: string; detail: string }>(
      'SELECT line_id, reason, detail FROM match_exceptions WHERE line_id = ANY($1) AND resolved_at IS NULL',
      [decided.map(({ lineId }) => lineId)],
    );
    const before = new Map(open.map((row) => [row.line_id, row]));
    return decided.filter(({ lineId, verdict }) => {
      const known = before.get(lineId);
      if (verdict.kind === 'match' || known === undefined) return true;
      return known.reason !== verdict.reason || known.detail !== verdict.detail;
    });
  }
}

function matchRow({ lineId, amountMinor, currency, verdict }: DecidedLine) {
  if (verdict.kind !== 'match') return [];
  const { item, foundBy } = verdict;
  const amount = amountMinor.toString();
  return [{ id: newId('mch'), line: lineId, kind: item.kind, item: item.id, amount, currency, found_by: foundBy }];
}

function exceptionRow({ lineId, verdict }: DecidedLine) {
  if (verdict.kind !== 'exception') return [];
  const { reason, detail, item } = verdict;
  return [
    {
      id: newId('exc'),
      line: lineId,
      reason,
      detail,
      kind: item?.kind ?? null,
      item: item?.id ?? null,
      period: item?.period ?? null,
    },
  ];
}
