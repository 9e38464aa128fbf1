import { availableParallelism } from 'node:os';
import { deterministicId, systemClock } from '@hetao/kernel';
import { createEmbeddedTransport } from '@hetao/messaging';
import { rate } from '@hetao/rating';
import { CALLER_HEADER, createLogger, generateCallerKeys, signCaller, startService } from '@hetao/runtime';
import { settlementService } from '@hetao/settlement';
import { invoicing } from '@hetao/settlement/invoicing';
import { bankFile } from './bank-file.js';
import { AGREEMENTS, dealOf, eachChunk, MERCHANTS, PERIOD, plan, TIME_ZONE, totalsOf, usageOf } from './deals.js';
import { spent, type Spent, type World } from './world.js';

const POLL_MS = 100;
const LONGEST_MS = 180_000;

interface Part extends Spent {
  readonly what: string;
  readonly items: number;
}

/**
 * The end of a month of 10,000 agreements by the service itself, over HTTP: one bank file pays every invoice, every
 * merchant is paid out, a second file shows it, and the month is closed. Beside it what the close works out again: the
 * rating of all agreements alone, without a database.
 *
 * @throws Error when the month is not closed with an equation that holds: then there are no figures.
 */
export async function benchClose(world: World): Promise<void> {
  const { database } = world;
  const deals = Array.from({ length: AGREEMENTS }, (_, no) => dealOf(no));
  await invoiced(world, deals);
  const service = await client(world.url);
  const timed = async (what: string, items: number, work: () => Promise<void>): Promise<Part> => ({
    what,
    items,
    ...(await spent(database, work)),
  });
  try {
    const alone = await timed('rate again, no database', AGREEMENTS, () => {
      for (const { days } of deals) rate({ plan, totals: totalsOf(days), period: PERIOD });
      return Promise.resolve();
    });
    const owed = await unpaid(world);
    const paid = await timed('bank file pays every invoice', owed.length, () => service.imports(bankFile(owed)));
    const payouts = await timed('payouts', MERCHANTS, () => service.post(`/v1/settlement/periods/${PERIOD}/payouts`));
    await service.imports(payoutFile(await instructed(world)));
    const closed = await timed('close of the month', AGREEMENTS, () =>
      service.post(`/v1/settlement/periods/${PERIOD}/close`),
    );
    await assertClosed(world);
    report([alone, paid, payouts, closed]);
  } finally {
    await service.stop();
  }
}

/** The month as rating and invoicing leave it; how long they take is measured elsewhere. */
async function invoiced({ uow }: World, deals: readonly ReturnType<typeof dealOf>[]): Promise<void> {
  const { rating, issueAll } = invoicing(uow, systemClock);
  await uow.run((tx) =>
    tx.execute(
      `INSERT INTO participants (participant_id, name, jurisdiction, home_currency, bank_account, approved_at)
       SELECT id, '{"en":"M","zh-Hans":"M","zh-Hant":"M"}', 'CN', 'CNY', '{"name":"M","accountNumber":"6222"}', now()
         FROM unnest($1::text[]) AS p(id)`,
      [Array.from({ length: MERCHANTS }, (_, no) => deterministicId('par', 'merchant', String(no)))],
    ),
  );
  await eachChunk(deals, (chunk) =>
    uow.run(async (tx) => {
      for (const { agreement } of chunk) await rating.agreementConcluded(tx, agreement);
      await rating.usagesClosed(
        tx,
        chunk.map((deal) => ({ usage: usageOf(deal), timeZone: TIME_ZONE })),
      );
    }),
  );
  await uow.run((tx) =>
    rating.usageCompleted(tx, { period: PERIOD, timeZone: TIME_ZONE, agreements: AGREEMENTS, closedAt: new Date() }),
  );
  const issued = await issueAll.execute(PERIOD);
  if (!issued.ok) throw new Error(issued.error.detail);
}

/** The service on the same database, asked as an operator asks. */
async function client(databaseUrl: string) {
  const keys = await generateCallerKeys();
  const transport = createEmbeddedTransport({});
  const logger = createLogger({ service: 'settlement', level: 'error' });
  const service = await startService(settlementService, {
    ...{ databaseUrl, transport, callerKeys: keys.publicKeys, logger },
  });
  const ask = async (path: string, init: RequestInit): Promise<{ href?: string; state?: string; result?: unknown }> => {
    const caller = await signCaller(
      {
        ...{ subject: 'usr_bench', organisationId: 'org_exchange', personas: ['operator'], scopes: [] },
        ...{ via: 'session', displayName: 'Bench' },
      },
      keys.privateKey,
    );
    const answer = await fetch(`${service.url}${path}`, {
      ...init,
      headers: { ...init.headers, [CALLER_HEADER]: caller },
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text.slice(0, 2_000)}`);
    return JSON.parse(text) as { href?: string; state?: string };
  };
  /** Sends a file as an operation, and waits until it is through. */
  const imports = async (bytes: Uint8Array): Promise<void> => {
    const headers = { 'content-type': 'application/xml', prefer: 'respond-async' };
    const { href = '' } = await ask('/v1/bank-statements', {
      method: 'POST',
      body: new Blob([new Uint8Array(bytes)]),
      headers,
    });
    const until = performance.now() + LONGEST_MS;
    for (;;) {
      const operation = await ask(href, {});
      if (operation.state === 'done') return;
      if (operation.state === 'failed' || performance.now() > until) throw new Error(JSON.stringify(operation));
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  };
  return {
    imports,
    post: async (path: string): Promise<void> => void (await ask(path, { method: 'POST' })),
    stop: async (): Promise<void> => {
      await service.stop();
      await transport.close();
    },
  };
}

/** A bank line for each invoice. */
async function unpaid({ database }: World) {
  const { rows } = await database.withClient((pg) =>
    pg.query<{ number: string; gross_minor: string }>('SELECT number, gross_minor FROM invoices ORDER BY year_no'),
  );
  return rows.map(({ number, gross_minor: gross }, at) => ({
    ...{ lineId: String(at), side: 'credit' as const, currency: 'CNY', reversal: false, endToEndId: null },
    ...{ remittance: `Invoice ${number}`, amountMinor: BigInt(gross) },
  }));
}

interface Instructed {
  readonly endToEndId: string;
  readonly amountMinor: bigint;
}

async function instructed({ database }: World): Promise<readonly Instructed[]> {
  const { rows } = await database.withClient((pg) =>
    pg.query<{ end_to_end_id: string; amount_minor: string }>('SELECT end_to_end_id, amount_minor FROM payouts'),
  );
  return rows.map((row) => ({ endToEndId: row.end_to_end_id, amountMinor: BigInt(row.amount_minor) }));
}

/** A statement of debits: each payout as it left. */
function payoutFile(payouts: readonly Instructed[]): Uint8Array {
  const opening = payouts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const yuan = (minor: bigint): string => `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`;
  const side = '<CdtDbtInd>DBIT</CdtDbtInd>';
  const balance = (code: string, minor: bigint): string =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">${yuan(minor)}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2015-07-02</Dt></Dt></Bal>`;
  const entries = payouts.map(({ endToEndId, amountMinor }) => {
    const amount = `<Amt Ccy="CNY">${yuan(amountMinor)}</Amt>`;
    return (
      `<Ntry>${amount}${side}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2015-07-02</Dt></BookgDt>` +
      `<NtryDtls><TxDtls><Refs><EndToEndId>${endToEndId}</EndToEndId></Refs>${amount}${side}</TxDtls></NtryDtls></Ntry>`
    );
  });
  const xml =
    '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>OUT</MsgId>' +
    '<CreDtTm>2015-07-02T20:00:00Z</CreDtTm></GrpHdr><Stmt><Id>OUT</Id><CreDtTm>2015-07-02T20:00:00Z</CreDtTm>' +
    `<Acct><Id><Othr><Id>4000-OUT</Id></Othr></Id><Ccy>CNY</Ccy></Acct>${balance('OPBD', opening)}${balance('CLBD', 0n)}` +
    `${entries.join('')}</Stmt></BkToCstmrStmt></Document>`;
  return new TextEncoder().encode(xml);
}

async function assertClosed({ database }: World): Promise<void> {
  const { rows } = await database.withClient((pg) =>
    pg.query<{ closed: boolean; totals: readonly { invoiced: string; paidOut: string; fee: string; tax: string }[] }>(
      'SELECT closed_at IS NOT NULL AS closed, totals FROM settlement_periods WHERE period = $1',
      [PERIOD],
    ),
  );
  const [books] = rows;
  const [cny] = books?.totals ?? [];
  const right = cny !== undefined && BigInt(cny.invoiced) === BigInt(cny.paidOut) + BigInt(cny.fee) + BigInt(cny.tax);
  if (books?.closed !== true || !right)
    throw new Error(`The month is not closed as it should be: ${JSON.stringify(books)}`);
}

function report(parts: readonly Part[]): void {
  const [alone] = parts;
  const perItem = ({ wallMs, items }: Part): number => wallMs / items;
  console.log(
    `\nEnd of a month of ${AGREEMENTS} agreements by the service, ${availableParallelism()} cores, every commit durable`,
  );
  for (const part of parts) {
    const { what, items, wallMs, clientMs, serverMs } = part;
    const ratio =
      alone === undefined || part === alone ? '' : `${(perItem(part) / perItem(alone)).toFixed(1)}x rating alone`;
    const server = serverMs === null ? '-' : `${(serverMs / 1_000).toFixed(1)} s`;
    console.log(
      `${what.padEnd(34)}${String(items).padStart(7)}${`${(wallMs / 1_000).toFixed(2)} s`.padStart(10)}` +
        `   client ${(clientMs / 1_000).toFixed(1)} s, server ${server}   ${ratio}`,
    );
    console.log(JSON.stringify({ area: 'settlement', part: 'close', what, items, wallMs: Math.round(wallMs) }));
  }
}
