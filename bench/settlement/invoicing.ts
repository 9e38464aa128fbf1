import { availableParallelism } from 'node:os';
import { systemClock } from '@hetao/kernel';
import { rate } from '@hetao/rating';
import { invoicing } from '@hetao/settlement/invoicing';
import { AGREEMENTS, DAYS, dealOf, eachChunk, netOf, PERIOD, plan, TIME_ZONE, totalsOf, usageOf } from './deals.js';
import { spent, type Spent, type World } from './world.js';

/** Enough to see what a transaction for each invoice costs; all of them would only take longer. */
const SINGLES = 500;

interface Part extends Spent {
  readonly what: string;
  readonly items: number;
}

/**
 * A month of 10,000 agreements: daily usage of two meters is summed, rated to three charges each, and invoiced with
 * lines, tax, number and posting. Every commit is durable. Beside it, in the same run, the rating alone without a
 * database, and invoices issued one a transaction.
 */
export async function benchInvoicing({ database, uow }: World): Promise<void> {
  const { rating, issueAll, issueSome } = invoicing(uow, systemClock);
  const timed = async (what: string, items: number, work: () => Promise<void>): Promise<Part> => ({
    what,
    items,
    ...(await spent(database, work)),
  });
  const deals = Array.from({ length: AGREEMENTS }, (_, no) => dealOf(no));
  await eachChunk(deals, (chunk) =>
    uow.run(async (tx) => {
      for (const { agreement } of chunk) await rating.agreementConcluded(tx, agreement);
    }),
  );
  const alone = await timed('rate, no database', AGREEMENTS, () => {
    for (const { days } of deals) rate({ plan, totals: totalsOf(days), period: PERIOD });
    return Promise.resolve();
  });
  const rated = await timed('sum 30 days, rate, keep charges', AGREEMENTS, () =>
    eachChunk(deals, (chunk) =>
      uow.run((tx) =>
        rating.usagesClosed(
          tx,
          chunk.map((deal) => ({ usage: usageOf(deal), timeZone: TIME_ZONE })),
        ),
      ),
    ),
  );
  await uow.run((tx) =>
    rating.usageCompleted(tx, { period: PERIOD, timeZone: TIME_ZONE, agreements: AGREEMENTS, closedAt: new Date() }),
  );
  const single = await timed('invoice, one a transaction', SINGLES, async () => {
    for (let no = 0; no < SINGLES; no += 1) await issueSome(PERIOD, 1);
  });
  const invoiced = await timed('invoice, as the service does', AGREEMENTS - SINGLES, async () => {
    const issued = await issueAll.execute(PERIOD);
    if (!issued.ok) throw new Error(issued.error.detail);
  });
  await assertInvoiced(
    { database },
    deals.map(({ days }) => netOf(days)),
  );
  report([alone, rated, single, invoiced]);
}

/** Figures of wrong books are no figures: every agreement has one invoice, over what rating it again gives. */
async function assertInvoiced({ database }: Pick<World, 'database'>, nets: readonly bigint[]): Promise<void> {
  const { rows } = await database.withClient((client) =>
    client.query<{ invoices: string; net: string; gross: string; posted: string; last: number }>(
      `SELECT count(*) AS invoices, sum(net_minor) AS net, sum(gross_minor) AS gross, max(year_no) AS last,
              (SELECT sum(e.amount_minor) FROM ledger_entries e JOIN ledger_accounts a USING (account_no)
                WHERE a.kind = 'receivable:buyer') AS posted FROM invoices`,
    ),
  );
  const [books] = rows;
  const expected = nets.reduce((sum, net) => sum + net, 0n);
  const right =
    books?.invoices === String(AGREEMENTS) &&
    books.last === AGREEMENTS &&
    BigInt(books.net) === expected &&
    books.posted === books.gross;
  if (!right) throw new Error(`The books are wrong: ${JSON.stringify(books)}, expected a net of ${expected}.`);
}

function report(parts: readonly Part[]): void {
  console.log(
    `\nRate and invoice ${AGREEMENTS} agreements x ${DAYS} days, ${availableParallelism()} cores, every commit durable`,
  );
  for (const { what, items, wallMs, clientMs, serverMs } of parts) {
    const rateText = `${Math.round((items * 1_000) / wallMs)}/s`;
    const server = serverMs === null ? '-' : `${(serverMs / 1_000).toFixed(1)} s`;
    console.log(
      `${what.padEnd(34)}${String(items).padStart(7)}${`${(wallMs / 1_000).toFixed(1)} s`.padStart(9)}${rateText.padStart(10)}` +
        `   client ${(clientMs / 1_000).toFixed(1)} s, server ${server}`,
    );
  }
  for (const { what, items, wallMs } of parts) {
    console.log(JSON.stringify({ area: 'settlement', part: 'invoicing', what, items, wallMs: Math.round(wallMs) }));
  }
}
