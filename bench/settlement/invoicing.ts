import { availableParallelism } from 'node:os';
import { Decimal, deterministicId, systemClock } from '@hetao/kernel';
import { rate, type PricePlan } from '@hetao/rating';
import { invoicing, type Agreement, type UsagePeriod } from '@hetao/settlement/invoicing';
import { spent, type Spent, type World } from './world.js';

const AGREEMENTS = 10_000;
const DAYS = 30;
/** Enough to see what a transaction for each invoice costs; all of them would only take longer. */
const SINGLES = 500;
const RATED_A_TRANSACTION = 100;
const PERIOD = '2015-06';
const TIME_ZONE = 'Asia/Shanghai';

const plan: PricePlan = {
  currency: 'CNY',
  components: [
    { kind: 'flat', id: 'access', amount: '500' },
    { kind: 'per_unit', id: 'calls', meter: 'calls', unitPrice: '0.0123', per: '1' },
    {
      kind: 'tiered',
      id: 'traffic',
      meter: 'bytes',
      mode: 'graduated',
      per: '1000000',
      tiers: [
        { upTo: '1000000000', unitPrice: '0.08' },
        { upTo: null, unitPrice: '0.05' },
      ],
    },
  ],
  fee: { exchangeBps: 500, channelBps: 300 },
  tax: { jurisdiction: 'CN', rateBps: 600, mode: 'exclusive' },
};

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
    { database, uow },
    deals.map(({ days }) => netOf(days)),
  );
  report([alone, rated, single, invoiced]);
}

interface Deal {
  readonly agreement: Agreement;
  /** Calls and bytes of each day. */
  readonly days: readonly { readonly calls: string; readonly bytes: string }[];
}

function dealOf(no: number): Deal {
  const id = (prefix: string): string => deterministicId(prefix, 'bench', String(no));
  return {
    agreement: {
      agreementId: id('agr'),
      productId: id('prd'),
      merchantId: deterministicId('par', 'merchant', String(no % 100)),
      buyerId: deterministicId('par', 'buyer', String(no % 1_000)),
      channelPartnerId: null,
      plan,
      documentHash: '0'.repeat(64),
      effectiveFrom: new Date('2015-05-31T16:00:00Z'),
      effectiveUntil: new Date('2016-05-31T16:00:00Z'),
      concludedAt: new Date('2015-05-30T16:00:00Z'),
      timeZone: null,
      endedAt: null,
    },
    days: Array.from({ length: DAYS }, (_, day) => ({
      calls: String((no * 7 + day * 13) % 1_000),
      bytes: String(((no * 31 + day * 17) % 100_000) * 1_000),
    })),
  };
}

function totalsOf(days: Deal['days']): { meter: string; quantity: string; events: number }[] {
  const sum = (of: (day: Deal['days'][number]) => string): string =>
    days.reduce((total, day) => total.plus(Decimal.parse(of(day))), Decimal.zero).toString();
  return [
    { meter: 'calls', quantity: sum(({ calls }) => calls), events: DAYS },
    { meter: 'bytes', quantity: sum(({ bytes }) => bytes), events: DAYS },
  ];
}

function usageOf({ agreement, days }: Deal): UsagePeriod {
  const { agreementId, productId, merchantId, buyerId } = agreement;
  return {
    agreementId,
    period: PERIOD,
    periodId: deterministicId('per', PERIOD, agreementId),
    productId,
    merchantId,
    buyerId,
    totals: totalsOf(days),
    windows: DAYS,
    closedAt: new Date('2015-07-01T00:00:00Z'),
    state: 'waiting',
  };
}

function netOf(days: Deal['days']): bigint {
  return rate({ plan, totals: totalsOf(days), period: PERIOD }).net.amountMinor;
}

async function eachChunk(deals: readonly Deal[], work: (chunk: readonly Deal[]) => Promise<void>): Promise<void> {
  for (let from = 0; from < deals.length; from += RATED_A_TRANSACTION) {
    await work(deals.slice(from, from + RATED_A_TRANSACTION));
  }
}

/** Figures of wrong books are no figures: every agreement has one invoice, over what rating it again gives. */
async function assertInvoiced({ database }: World, nets: readonly bigint[]): Promise<void> {
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
