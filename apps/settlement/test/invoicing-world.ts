import { parseMoney } from '@hetao/kernel';
import { CALLER_HEADER } from '@hetao/runtime';
import { callerToken, type TestCaller } from '@hetao/testing';
import { InvoiceBook } from '../src/invoice/invoice.book.js';
import type { InvoiceDetailDto, InvoiceDto } from '../src/invoice/invoice.dto.js';
import { operator, type Answer, type SettlementFixture } from './settlement-fixture.js';

/** Asks with a body and an Idempotency-Key, as commands that move money want it. */
export async function command<T>(
  { service }: SettlementFixture,
  path: string,
  body: unknown = {},
  {
    as = operator,
    method = 'POST',
    key = crypto.randomUUID(),
  }: { as?: TestCaller; method?: string; key?: string } = {},
): Promise<Answer<T>> {
  const answer = await fetch(`${service.url}${path}`, {
    method,
    body: JSON.stringify(body),
    headers: {
      'content-type': 'application/json',
      'idempotency-key': key,
      [CALLER_HEADER]: await callerToken(as),
    },
  });
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as T };
}

/** Pays an invoice as a matched bank line does, and says what became of it. */
export async function payInvoice(
  { service }: SettlementFixture,
  invoiceId: string,
  amountMinor: bigint,
  { line, at = '2015-06-10T00:00:00Z' }: { line: string; at?: string },
): Promise<string> {
  const book = service.app.get(InvoiceBook, { strict: false });
  const effectiveAt = new Date(at);
  const paid = await service.uow.runResult((tx) =>
    book.payAmounts(tx, [{ invoiceId, amountMinor, statementLineId: line, effectiveAt }]),
  );
  return paid.ok ? 'paid' : paid.error.code;
}

/** Takes a payment back as a returned or unmatched bank line does. */
export async function takeBack(
  { service }: SettlementFixture,
  invoiceId: string,
  statementLineId: string,
  at = '2015-06-10T08:00:00Z',
): Promise<string> {
  const book = service.app.get(InvoiceBook, { strict: false });
  const done = await service.uow.runResult(async (tx) => {
    const [invoice] = await book.lockByReference(tx, [invoiceId]);
    if (invoice === undefined) throw new Error(`no invoice ${invoiceId}`);
    return book.reversePayment(tx, { invoice, statementLineId, effectiveAt: new Date(at) });
  });
  return done.ok ? 'taken back' : done.error.code;
}

export async function invoiceOf(fixture: SettlementFixture, invoiceId: string): Promise<InvoiceDetailDto> {
  const { status, body } = await fixture.get<InvoiceDetailDto>(`/v1/invoices/${invoiceId}`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body;
}

/** What stands on accounts that are not zero, as `kind owner` → signed amount in minor units, debits above zero. */
export async function balances(fixture: SettlementFixture, currency = 'CNY'): Promise<Record<string, bigint>> {
  const rows = await fixture.sql<{ kind: string; owner: string; balance: string }>(
    `SELECT a.kind, a.owner, sum(e.amount_minor) AS balance FROM ledger_entries e JOIN ledger_accounts a USING (account_no)
      WHERE a.currency = $1 GROUP BY a.kind, a.owner HAVING sum(e.amount_minor) <> 0 ORDER BY 1, 2`,
    [currency],
  );
  return Object.fromEntries(rows.map(({ kind, owner, balance }) => [`${kind} ${owner}`, BigInt(balance)]));
}

export const grossOf = ({ gross }: InvoiceDto): bigint => parseMoney(gross.amount, gross.currency).amountMinor;
