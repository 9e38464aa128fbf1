import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildCamt053, type StatementContent } from '../../../../tools/trade/src/camt053.js';
import { parseCamt } from './camt.parser.js';
import { checkIntegrity, linesOf, type StatementFile } from './statement.js';

const sample = (name: string): Buffer =>
  readFileSync(fileURLToPath(new URL(`../../../../samples/bank/${name}`, import.meta.url)));
const bytes = (xml: string): Buffer => Buffer.from(xml, 'utf8');

function read(xml: Buffer): StatementFile {
  const result = parseCamt(xml);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.detail}`);
  return result.value;
}

function refusal(xml: Buffer): { code: string; detail: string } {
  const result = parseCamt(xml);
  if (!result.ok) return result.error;
  for (const statement of result.value.statements) {
    const checked = checkIntegrity(statement);
    if (!checked.ok) return checked.error;
    const lines = linesOf(statement);
    if (!lines.ok) return lines.error;
  }
  throw new Error('it was accepted');
}

const content: StatementContent = {
  account: { iban: 'GB33BUKB20201555555555', ownerName: 'Hetao Exchange', currency: 'CNY' },
  date: '2015-06-10',
  openingMinor: 1_000n,
  credits: [
    {
      endToEndId: 'HX-2015-000001',
      remittance: 'Invoice HX-2015-000001 & more',
      amountMinor: 10_600n,
      payerName: '河套 <Lab>',
    },
    {
      endToEndId: 'NOTPROVIDED',
      remittance: 'HX-2015-000002',
      amountMinor: 5n,
      payerName: 'B',
      payerAccount: '123-456',
    },
  ],
  debits: [{ endToEndId: 'PAYX', amountMinor: 9_000n, beneficiaryName: 'Merchant' }],
};

describe('the samples of real banks', () => {
  it('reads the file with two statements', () => {
    const file = read(sample('camt053.v2.multi.statement.xml'));
    expect(file.messageVersion).toBe('camt.053.001.02');
    expect(file.statements.map(({ reference }) => reference)).toEqual([
      '253EURNL26VAYB8060476890',
      '254EURNL26VAYB8060476890',
    ]);
    const [first, second] = file.statements;
    expect(first?.opening?.amountMinor).toBe(1815n);
    expect(first?.entries[0]).toMatchObject({
      amountMinor: 885n,
      currency: 'EUR',
      side: 'credit',
      status: 'BOOK',
      bookingDate: '2014-12-31',
    });
    expect(second?.entries[0]).toMatchObject({ amountMinor: 700n, side: 'debit', valueDate: '2015-01-02' });
    expect(second?.entries[0]?.details[0]).toMatchObject({
      endToEndId: '000000002',
      counterpartyName: 'Company Name 2',
    });
    for (const statement of file.statements) expect(checkIntegrity(statement).ok).toBe(true);
  });

  it.each([
    ['camt053.v2.minimal.xml', 'STATEMENT_CURRENCY_MIXED', 'line 60, /Document/BkToCstmrStmt/Stmt/Bal[2]/Amt: SEK'],
    ['camt053.v4.xml', 'STATEMENT_CURRENCY_MIXED', '/Document/BkToCstmrStmt/Stmt/Bal[2]/Amt: SEK'],
    ['camt053.v8.xml', 'STATEMENT_CURRENCY_MIXED', '/Document/BkToCstmrStmt/Stmt/Bal[2]/Amt: SEK'],
    ['camt053.v2.with-account-name.xml', 'STATEMENT_ELEMENT_INVALID', 'no opening booked balance'],
    [
      'camt053.v2.wrong.xml',
      'STATEMENT_ELEMENT_INVALID',
      'line 3, /Document/BkToCstmrStmt: the element Stmt is missing',
    ],
  ])('refuses %s with %s', (name, code, detail) => {
    const error = refusal(sample(name));
    expect(error.code).toBe(code);
    expect(error.detail).toContain(detail);
  });

  it('takes the amount of a single payment from its entry, since the detail may be in another currency', () => {
    const repaired = sample('camt053.v8.xml')
      .toString('utf8')
      .replace(
        '<Amt Ccy="SEK">27.00</Amt>\n                <CdtDbtInd>DBIT',
        '<Amt Ccy="EUR">27.00</Amt>\n                <CdtDbtInd>CRDT',
      );
    const [statement] = read(bytes(repaired)).statements;
    if (statement === undefined) throw new Error('no statement');
    expect(checkIntegrity(statement).ok).toBe(true);
    const lines = linesOf(statement);
    expect(lines.ok && lines.value[0]).toMatchObject({
      amountMinor: 885n,
      currency: 'EUR',
      endToEndId: 'MUELL/FINP/RA12345',
      remittance: '4654654654654654',
      counterpartyName: 'NAME NAME',
      counterpartyAccount: 'NL56AGDH9619008421',
      bankReference: 'AAAASESS-FP-CN_98765/01',
      bookingDate: '2014-12-31',
    });
  });
});

describe('statements as our own bank writes them', () => {
  it('are read back as they were written', () => {
    const { xml, statementId, closingMinor } = buildCamt053(content);
    const [statement] = read(bytes(xml)).statements;
    if (statement === undefined) throw new Error('no statement');
    expect(statement).toMatchObject({ reference: statementId, account: 'GB33BUKB20201555555555', currency: 'CNY' });
    expect(statement.closing?.amountMinor).toBe(closingMinor);
    expect(checkIntegrity(statement).ok).toBe(true);
    const lines = linesOf(statement);
    expect(
      lines.ok && lines.value.map((line) => [line.side, line.amountMinor, line.endToEndId, line.remittance]),
    ).toEqual([
      ['credit', 10_600n, 'HX-2015-000001', 'Invoice HX-2015-000001 & more'],
      ['credit', 5n, null, 'HX-2015-000002'],
      ['debit', 9_000n, 'PAYX', ''],
    ]);
    expect(lines.ok && lines.value[0]?.counterpartyName).toBe('河套 <Lab>');
  });

  it('divide a batch-booked entry into its payments', () => {
    const { xml } = buildCamt053({ ...content, batchCredits: true });
    const [statement] = read(bytes(xml)).statements;
    if (statement === undefined) throw new Error('no statement');
    expect(statement.entries).toHaveLength(2);
    const lines = linesOf(statement);
    expect(lines.ok && lines.value.map(({ entryNo, amountMinor }) => [entryNo, amountMinor])).toEqual([
      [1, 10_600n],
      [1, 5n],
      [2, 9_000n],
    ]);
  });

  it('are refused when the payments of a batch do not add up to it', () => {
    const { xml } = buildCamt053({ ...content, batchCredits: true });
    const error = refusal(bytes(xml.replace('<Amt Ccy="CNY">0.05</Amt>', '<Amt Ccy="CNY">0.06</Amt>')));
    expect(error).toMatchObject({
      code: 'STATEMENT_UNBALANCED',
      detail: expect.stringContaining('the 2 payments of this entry'),
    });
  });

  it.each(['02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '13'])(
    'are read in version %s and with any prefix',
    (version) => {
      const { xml } = buildCamt053(content);
      const prefixed = xml
        .replace('camt.053.001.08', `camt.053.001.${version}`)
        .replace('xmlns=', 'xmlns:bk=')
        .replace(/<(\/?)([A-Z][A-Za-z]*)/g, '<$1bk:$2');
      expect(read(bytes(prefixed)).messageVersion).toBe(`camt.053.001.${version}`);
      expect(read(bytes(prefixed)).statements[0]?.entries).toHaveLength(3);
    },
  );

  it('are read in the encoding they declare', () => {
    const utf16 = buildCamt053(content).xml.replace('UTF-8', 'UTF-16');
    const [statement] = read(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(utf16, 'utf16le')])).statements;
    expect(statement?.entries[0]?.details[0]?.counterpartyName).toBe('河套 <Lab>');
    const latin = buildCamt053(content).xml.replace('河套 &lt;Lab&gt;', 'Café').replace('UTF-8', 'ISO-8859-1');
    expect(read(Buffer.from(latin, 'latin1')).statements[0]?.entries[0]?.details[0]?.counterpartyName).toBe('Café');
  });

  it('do not lead past the opening balance plus booked entries', () => {
    const error = refusal(bytes(buildCamt053(content).xml.replace('>106.00<', '>106.01<')));
    expect(error.code).toBe('STATEMENT_UNBALANCED');
    expect(error.detail).toContain(
      'opens at 1000 and its booked entries lead to 2606, but the closing balance says 2605',
    );
  });

  it('count only what is booked', () => {
    const { xml } = buildCamt053(content);
    const pending = xml.replace('<Sts><Cd>BOOK</Cd></Sts>', '<Sts><Cd>PDNG</Cd></Sts>');
    expect(refusal(bytes(pending)).code).toBe('STATEMENT_UNBALANCED');
    const consistent = pending.replace(
      /(CLBD<\/Cd><\/CdOrPrtry><\/Tp><Amt Ccy="CNY">)26\.05(<\/Amt><CdtDbtInd>)CRDT/,
      '$179.95$2DBIT',
    );
    const [statement] = read(bytes(consistent)).statements;
    expect(statement !== undefined && checkIntegrity(statement).ok).toBe(true);
    expect(statement?.entries[0]?.status).toBe('PDNG');
  });

  it('add up for any content', () => {
    const credit = fc.record({
      endToEndId: fc.stringMatching(/^[A-Z0-9-]{1,35}$/),
      remittance: fc.string({ maxLength: 60 }),
      amountMinor: fc.bigInt(1n, 10n ** 14n),
      payerName: fc.string({ minLength: 1, maxLength: 70, unit: 'grapheme' }),
    });
    fc.assert(
      fc.property(
        fc.array(credit, { maxLength: 6 }),
        fc.bigInt(-(10n ** 12n), 10n ** 12n),
        fc.boolean(),
        (credits, openingMinor, batchCredits) => {
          const printable = credits.map((one) => ({
            ...one,
            remittance: xmlText(one.remittance),
            payerName: xmlText(one.payerName),
          }));
          const { xml } = buildCamt053({ ...content, credits: printable, openingMinor, batchCredits });
          const [statement] = read(bytes(xml)).statements;
          if (statement === undefined) throw new Error('no statement');
          expect(checkIntegrity(statement).ok).toBe(true);
          const lines = linesOf(statement);
          expect(
            lines.ok && lines.value.filter(({ side }) => side === 'credit').map(({ amountMinor }) => amountMinor),
          ).toEqual(credits.map(({ amountMinor }) => amountMinor));
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** XML 1.0 has no place for most control characters, so no bank can send them. */
function xmlText(value: string): string {
  const allowed = [...value].filter(
    (char) => /[\u0020-\uD7FF\uE000-\uFFFD]/u.test(char) || (char.codePointAt(0) ?? 0) > 0xffff,
  );
  return allowed.join('').trim() || 'x';
}

describe('hostile and broken files', () => {
  const { xml } = buildCamt053(content);
  const withDoctype = (dtd: string): Buffer => bytes(xml.replace('?>\n', `?>\n${dtd}\n`));

  it('refuses a billion laughs before anything expands', () => {
    const laughs = Array.from(
      { length: 9 },
      (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`,
    ).join('');
    const error = refusal(withDoctype(`<!DOCTYPE Document [<!ENTITY l0 "ha">${laughs}]>`));
    expect(error).toMatchObject({ code: 'STATEMENT_XML_FORBIDDEN', detail: 'line 2: the file has a DOCTYPE.' });
  });

  it('refuses an external entity and any entity that XML does not define itself', () => {
    expect(refusal(withDoctype('<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>')).code).toBe(
      'STATEMENT_XML_FORBIDDEN',
    );
    expect(refusal(bytes(xml.replace('Merchant', '&nbsp;')))).toMatchObject({
      code: 'STATEMENT_XML_INVALID',
      detail: expect.stringContaining('line 2'),
    });
  });

  it.each([
    ['nothing', '', 'STATEMENT_XML_INVALID', 'line 1'],
    ['no XML', 'date;amount\n2015-01-01;5', 'STATEMENT_XML_INVALID', 'text data outside of root node'],
    ['half a file', xml.slice(0, 900), 'STATEMENT_XML_INVALID', 'line 2'],
    [
      'another message',
      xml.replace('camt.053.001.08', 'pain.001.001.09'),
      'STATEMENT_FORMAT_UNSUPPORTED',
      'pain.001.001.09',
    ],
    [
      'a version of the future',
      xml.replace('camt.053.001.08', 'camt.053.001.99'),
      'STATEMENT_FORMAT_UNSUPPORTED',
      'camt.053.001.99',
    ],
    [
      'a negative amount',
      xml.replace('>106.00<', '>-106.00<'),
      'STATEMENT_ELEMENT_INVALID',
      'Ntry/Amt: "-106.00" is not an amount',
    ],
    ['an exponent', xml.replace('>106.00<', '>1e3<'), 'STATEMENT_ELEMENT_INVALID', '"1e3" is not an amount'],
    [
      'too many decimals',
      xml.replace('>106.00<', '>106.005<'),
      'STATEMENT_ELEMENT_INVALID',
      'more than the 2 decimals of CNY',
    ],
    [
      'no currency of this world',
      xml.replace('Ccy="CNY">106.00', 'Ccy="ZZZ">106.00'),
      'STATEMENT_ELEMENT_INVALID',
      '"ZZZ" is not an ISO 4217 code',
    ],
    ['a direction nobody knows', xml.replace('DBIT', 'OUT'), 'STATEMENT_ELEMENT_INVALID', 'neither CRDT nor DBIT'],
    ['a status nobody knows', xml.replace('BOOK', 'DONE'), 'STATEMENT_ELEMENT_INVALID', '"DONE" is not one of BOOK'],
    [
      'a day that does not exist',
      xml.replace('<BookgDt><Dt>2015-06-10', '<BookgDt><Dt>2015-02-30'),
      'STATEMENT_ELEMENT_INVALID',
      '"2015-02-30" is not a date',
    ],
    [
      'an entry in another currency',
      xml.replace('Ccy="CNY">106.00', 'Ccy="HKD">106.00'),
      'STATEMENT_CURRENCY_MIXED',
      'Stmt/Ntry: HKD',
    ],
    ['no account', xml.replace(/<Acct>.*?<\/Acct>/, ''), 'STATEMENT_ELEMENT_INVALID', 'Acct/Id/Othr/Id is missing'],
  ])('says what is wrong with %s', (_name, text, code, detail) => {
    const error = refusal(bytes(text));
    expect(error.code).toBe(code);
    expect(error.detail).toContain(detail);
  });

  it('refuses bytes that are not in the declared encoding', () => {
    const broken = Buffer.concat([bytes(xml), Buffer.from([0xff, 0xff])]);
    expect(refusal(broken).detail).toContain('not text in the encoding "utf-8"');
    expect(refusal(bytes(xml.replace('UTF-8', 'X-NONE'))).detail).toContain('"x-none"');
  });

  it('refuses elements nested without end', () => {
    expect(refusal(bytes(xml.replace('<Stmt>', `<Stmt>${'<A>'.repeat(100)}`))).code).toBe('STATEMENT_XML_FORBIDDEN');
  });
});
