import type { Database } from '@hetao/persistence';
import type { Load } from './loads.js';

/** @throws Error when a transfer was lost, counted twice, or a running balance or a head is not the sum of its entries. */
export async function assertBooks(database: Database, load: Load, transfers: number): Promise<void> {
  await database.withClient(async (client) => {
    const { rows } = await client.query<Record<string, string>>(
      `WITH own AS (SELECT e.* FROM ledger_entries e JOIN ledger_transactions t USING (transaction_no) WHERE t.reference_kind = $1),
            running AS (SELECT *, sum(amount_minor) OVER w AS expected, row_number() OVER w AS place
                          FROM own WINDOW w AS (PARTITION BY account_no ORDER BY version))
       SELECT (SELECT count(*) FROM ledger_transactions WHERE reference_kind = $1) AS transactions,
              (SELECT count(*) FROM own) AS legs,
              (SELECT coalesce(sum(amount_minor), 0) FROM own) AS total,
              (SELECT coalesce(sum(amount_minor), 0) FROM own WHERE amount_minor > 0) AS moved,
              (SELECT count(*) FROM running WHERE balance_minor <> expected OR version <> place) AS broken,
              (SELECT count(*) FROM (SELECT account_no, max(version) AS version, sum(amount_minor) AS balance FROM own
                                      GROUP BY account_no) s JOIN ledger_heads h USING (account_no)
                WHERE h.version <> s.version OR h.balance_minor <> s.balance) AS "headsOff"`,
      [load.name],
    );
    const expected = {
      transactions: String(transfers),
      legs: String(load.legs * transfers),
      total: '0',
      moved: String(100 * transfers),
      broken: '0',
      headsOff: '0',
    };
    const found = rows[0];
    if (JSON.stringify(found) !== JSON.stringify(expected)) {
      throw new Error(`The books of "${load.name}" are wrong, so its figures are void: ${JSON.stringify(found)}`);
    }
  });
}
