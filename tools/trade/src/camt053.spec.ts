import { describe, expect, it } from '@jest/globals';
import { SaxesParser } from 'saxes';
import { buildCamt053, type StatementContent } from './camt053.js';

const content: StatementContent = {
  account: { iban: 'GB33BUKB20201555555555', ownerName: 'Hetao & Co', currency: 'CNY', bic: 'ICBKCNBJ' },
  date: '2015-06-10',
  openingMinor: -500n,
  credits: [
    {
      endToEndId: 'HX-2015-000001',
      remittance: 'Invoice <HX-2015-000001>',
      amountMinor: 10_600n,
      payerName: '港灣數據',
      payerAccount: '012-3',
    },
    { endToEndId: 'HX-2015-000002', remittance: 'HX-2015-000002', amountMinor: 1n, payerName: 'B' },
  ],
  debits: [
    { endToEndId: 'PAY01', amountMinor: 9_000n, beneficiaryName: 'M', beneficiaryAccount: 'NL56AGDH9619008421' },
  ],
};

/** Every element with text, by path, as a strict parser reads it. */
function leaves(xml: string): [string, string][] {
  const found: [string, string][] = [];
  const path: string[] = [];
  let text = '';
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    expect(tag.uri).toBe('urn:iso:std:iso:20022:tech:xsd:camt.053.001.08');
    path.push(tag.local);
    text = '';
  });
  parser.on('text', (piece) => (text += piece));
  parser.on('closetag', () => {
    if (text.trim() !== '') found.push([path.join('/'), text.trim()]);
    path.pop();
    text = '';
  });
  parser.write(xml).close();
  return found;
}

const textsAt = (xml: string, path: string): string[] =>
  leaves(xml).flatMap(([at, text]) => (at === `Document/BkToCstmrStmt/${path}` ? [text] : []));
const order = (xml: string, parent: string): string[] => [
  ...new Set(
    leaves(xml).flatMap(([at]) =>
      at.startsWith(`Document/BkToCstmrStmt/${parent}/`) ? [at.split('/')[parent.split('/').length + 2] ?? ''] : [],
    ),
  ),
];

describe('a statement in the format of a bank', () => {
  const { xml, closingMinor, statementId } = buildCamt053(content);

  it('opens, moves and closes so that it adds up', () => {
    expect(closingMinor).toBe(1_101n);
    expect(textsAt(xml, 'Stmt/Bal/Tp/CdOrPrtry/Cd')).toEqual(['OPBD', 'CLBD']);
    expect(textsAt(xml, 'Stmt/Bal/Amt')).toEqual(['5.00', '11.01']);
    expect(textsAt(xml, 'Stmt/Bal/CdtDbtInd')).toEqual(['DBIT', 'CRDT']);
    expect(textsAt(xml, 'Stmt/Ntry/Amt')).toEqual(['106.00', '0.01', '90.00']);
    expect(textsAt(xml, 'Stmt/Ntry/CdtDbtInd')).toEqual(['CRDT', 'CRDT', 'DBIT']);
    expect(textsAt(xml, 'Stmt/Ntry/Sts/Cd')).toEqual(['BOOK', 'BOOK', 'BOOK']);
    expect(textsAt(xml, 'Stmt/TxsSummry/TtlNtries/NbOfNtries')).toEqual(['3']);
  });

  it('has its elements in the order of the schema', () => {
    expect(order(xml, 'Stmt')).toEqual(['Id', 'ElctrncSeqNb', 'CreDtTm', 'FrToDt', 'Acct', 'Bal', 'TxsSummry', 'Ntry']);
    expect(order(xml, 'Stmt/Ntry')).toEqual([
      'Amt',
      'CdtDbtInd',
      'Sts',
      'BookgDt',
      'ValDt',
      'AcctSvcrRef',
      'BkTxCd',
      'NtryDtls',
    ]);
    expect(order(xml, 'Stmt/Ntry/NtryDtls/TxDtls')).toEqual(['Refs', 'Amt', 'CdtDbtInd', 'RltdPties', 'RmtInf']);
    expect(order(xml, 'Stmt/Acct')).toEqual(['Id', 'Ccy', 'Ownr', 'Svcr']);
  });

  it('carries references, parties and texts unchanged', () => {
    const detail = 'Stmt/Ntry/NtryDtls/TxDtls';
    expect(textsAt(xml, `${detail}/Refs/EndToEndId`)).toEqual(['HX-2015-000001', 'HX-2015-000002', 'PAY01']);
    expect(textsAt(xml, `${detail}/RmtInf/Ustrd`)).toEqual(['Invoice <HX-2015-000001>', 'HX-2015-000002']);
    expect(textsAt(xml, `${detail}/RltdPties/Dbtr/Pty/Nm`)).toEqual(['港灣數據', 'B']);
    expect(textsAt(xml, `${detail}/RltdPties/DbtrAcct/Id/Othr/Id`)).toEqual(['012-3']);
    expect(textsAt(xml, `${detail}/RltdPties/CdtrAcct/Id/IBAN`)).toEqual(['NL56AGDH9619008421']);
    expect(textsAt(xml, 'Stmt/Acct/Ownr/Nm')).toEqual(['Hetao & Co']);
  });

  it('is the same for the same content, and another for another', () => {
    expect(buildCamt053(content).xml).toBe(xml);
    expect(statementId).toMatch(/^STM[0-9A-Z]{26}$/);
    expect(buildCamt053({ ...content, openingMinor: 0n }).statementId).not.toBe(statementId);
    expect(buildCamt053({ ...content, debits: [] }).statementId).not.toBe(statementId);
  });

  it('books all credits as one when the bank batches them', () => {
    const batch = buildCamt053({ ...content, batchCredits: true });
    expect(textsAt(batch.xml, 'Stmt/Ntry/Amt')).toEqual(['106.01', '90.00']);
    expect(textsAt(batch.xml, 'Stmt/Ntry/NtryDtls/TxDtls/Amt')).toEqual(['106.00', '0.01', '90.00']);
    expect(batch.closingMinor).toBe(closingMinor);
  });

  it('writes currencies with the decimals they have', () => {
    const dong = buildCamt053({ ...content, account: { ...content.account, currency: 'VND' } });
    expect(textsAt(dong.xml, 'Stmt/Ntry/Amt')).toEqual(['10600', '1', '9000']);
  });

  it('needs an account to be of', () => {
    expect(() => buildCamt053({ ...content, account: { ownerName: 'X', currency: 'CNY' } })).toThrow(
      'needs an IBAN or an account number',
    );
  });
});
