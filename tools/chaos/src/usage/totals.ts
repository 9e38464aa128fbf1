/** Where metering's own tables can be read. */
export interface MeteringRows {
  query<R>(sql: string, params?: readonly unknown[]): Promise<readonly R[]>;
}

/** What metering counted, as `Model.totals` says it; of some agreements, or of all. */
export async function countedTotals(rows: MeteringRows, agreementIds?: readonly string[]): Promise<readonly string[]> {
  const found = await rows.query<{ line: string }>(
    `SELECT concat_ws(' ', agreement_id,
              to_char(date_trunc('hour', window_start, 'UTC') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
              meter, trim_scale(sum(quantity)), sum(events)) AS line
       FROM metering.usage_totals WHERE $1::text[] IS NULL OR agreement_id = ANY($1)
       GROUP BY agreement_id, date_trunc('hour', window_start, 'UTC'), meter`,
    [agreementIds ?? null],
  );
  return found.map((row) => row.line).sort();
}

/** How many lines there are on each side, or the first that stand on one side only. */
export function difference(
  found: readonly string[],
  expected: readonly string[],
): { readonly found: string; readonly expected: string } {
  const [known, wanted] = [new Set(found), new Set(expected)];
  const wrong = [...found.filter((line) => !wanted.has(line)), ...expected.filter((line) => !known.has(line))];
  const told =
    wrong.length === 0 ? `${expected.length}` : `${wrong.length} differ, as in ${wrong.slice(0, 4).join(' / ')}`;
  return { found: told, expected: `${expected.length}` };
}
