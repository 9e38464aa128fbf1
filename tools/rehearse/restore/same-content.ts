import type { Check } from '../../exchange/verify.js';
import type { TableContent } from './archived-database.js';

/** Table by table: as many rows, with the same content. */
export function sameContent(before: readonly TableContent[], after: readonly TableContent[]): Check {
  const found = new Map(after.map((one) => [one.table, one]));
  const differing = before.filter(({ table, rows, fingerprint }) => {
    const one = found.get(table);
    return one?.rows !== rows || one.fingerprint !== fingerprint;
  });
  const rows = after.reduce((sum, one) => sum + one.rows, 0);
  return {
    what: 'every table as at the named moment',
    holds: differing.length === 0 && before.length === after.length,
    detail:
      differing.length === 0
        ? `${after.length} tables, ${rows} rows, contents alike`
        : differing.map(({ table, rows: was }) => `${table} ${was} → ${found.get(table)?.rows}`).join(', '),
  };
}
