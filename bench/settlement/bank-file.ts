import { formatMoney, isCurrency, money } from '@hetao/kernel';
import type { MatchableLine } from '@hetao/settlement/matching';

/**
 * Lines as a bank sends them: a camt.053.001.08 file with one statement a currency, an entry a line, each with the elements
 * that banks write. Balances lead from the opening to the closing one.
 */
export function bankFile(lines: readonly MatchableLine[]): Uint8Array {
  const byCurrency = Map.groupBy(lines, ({ currency }) => currency);
  const pieces = [
    '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>',
    '<GrpHdr><MsgId>BENCH</MsgId><CreDtTm>2015-06-30T20:00:00Z</CreDtTm></GrpHdr>',
    ...[...byCurrency].map(([currency, own]) => statementOf(currency, own)),
    '</BkToCstmrStmt></Document>',
  ];
  return new TextEncoder().encode(pieces.join('\n'));
}

function statementOf(currency: string, lines: readonly MatchableLine[]): string {
  const closing = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  return [
    `<Stmt><Id>BENCH-${currency}</Id><ElctrncSeqNb>1</ElctrncSeqNb><CreDtTm>2015-06-30T20:00:00Z</CreDtTm>`,
    `<Acct><Id><Othr><Id>4000-${currency}</Id></Othr></Id><Ccy>${currency}</Ccy></Acct>`,
    balanceOf('OPBD', 0n, currency),
    balanceOf('CLBD', closing, currency),
    ...lines.map(entryOf),
    '</Stmt>',
  ].join('\n');
}

function balanceOf(code: string, minor: bigint, currency: string): string {
  return `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">${amountOf(minor, currency)}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2015-06-10</Dt></Dt></Bal>`;
}

function entryOf({ amountMinor, currency, reversal, endToEndId, remittance }: MatchableLine, index: number): string {
  const amount = `<Amt Ccy="${currency}">${amountOf(amountMinor, currency)}</Amt>`;
  return (
    `<Ntry><NtryRef>${index + 1}</NtryRef>${amount}<CdtDbtInd>CRDT</CdtDbtInd>${reversal ? '<RvslInd>true</RvslInd>' : ''}` +
    `<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2015-06-10</Dt></BookgDt><ValDt><Dt>2015-06-10</Dt></ValDt>` +
    `<AcctSvcrRef>BK${index + 1}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>DMCT</SubFmlyCd></Fmly></Domn></BkTxCd>` +
    `<NtryDtls><TxDtls><Refs><EndToEndId>${endToEndId ?? 'NOTPROVIDED'}</EndToEndId></Refs>${amount}` +
    `<CdtDbtInd>CRDT</CdtDbtInd><RltdPties><Dbtr><Pty><Nm>Buyer ${index % 1_000}</Nm></Pty></Dbtr>` +
    `<DbtrAcct><Id><Othr><Id>6222${index % 1_000}</Id></Othr></Id></DbtrAcct></RltdPties>` +
    `<RmtInf><Ustrd>${remittance}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`
  );
}

function amountOf(minor: bigint, currency: string): string {
  if (!isCurrency(currency)) throw new RangeError(`${currency} is no currency of the exchange.`);
  return formatMoney(money(minor, currency));
}
