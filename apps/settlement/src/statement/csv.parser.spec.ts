import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseDate, parseNumber, type CsvMapping } from './csv.mapping.js';
import { parseCsv } from './csv.parser.js';
import { readCsv } from './csv.reader.js';
import { readStatementFile } from './statement.formats.js';
import { checkIntegrity } from './statement.js';
import { textPieces } from './statement.text.js';

const mapping: CsvMapping = {
  account: '6222-0001',
  currency: 'CNY',
  encoding: 'gb18030',
  delimiter: ',',
  skip: 1,
  order: 'newest_first',
  decimal: '.',
  thousands: ',',
  dateFormat: 'YYYY/MM/DD',
  amounts: { kind: 'split', credit: '收入', debit: '支出' },
  columns: { bookingDate: '日期', balance: '余额', counterpartyName: '对方户名', remittance: ['摘要'] },
};
const text = [
  '账户明细',
  '日期,收入,支出,余额,对方户名,摘要',
  '2015/06/11,,"1,000.00","9,600.05",鹏城数据,PAY01',
  '2015/6/10,"10,600.05",,"10,600.05",港湾科技,HX-2015-000001 货款',
  '',
].join('\r\n');
/** GB18030 bytes of the text above; Node decodes it but does not encode it. */
const gb18030 = Buffer.from('d5cbbba7c3f7cfb80d0ac8d5c6da2cd5e2cac7', 'hex');

const read = (
  body: string,
  change: Partial<CsvMapping> = {},
  stated: Parameters<typeof parseCsv>[2]['stated'] = null,
) => {
  const parsed = parseCsv(body, { ...mapping, ...change }, { name: 'csv', stated });
  if (!parsed.ok) return parsed.error;
  const [statement] = parsed.value.statements;
  if (statement === undefined) throw new Error('no statement');
  return statement;
};

describe('a bank’s CSV file', () => {
  it('becomes a statement that proves itself by its balances, newest line first or last', () => {
    const statement = read(text);
    expect(statement).toMatchObject({
      reference: 'csv/2015-06-10/2015-06-11',
      opening: { amountMinor: 0n },
      closing: { amountMinor: 960_005n },
      entries: [
        { side: 'credit', amountMinor: 1_060_005n, bookingDate: '2015-06-10' },
        { side: 'debit', amountMinor: 100_000n, bookingDate: '2015-06-11' },
      ],
    });
    if (!('entries' in statement)) throw new Error('refused');
    expect(checkIntegrity(statement).ok).toBe(true);
    expect(statement.entries[0]?.details[0]).toMatchObject({
      counterpartyName: '港湾科技',
      remittance: ['HX-2015-000001 货款'],
    });
  });

  it('of which a line was taken out does not add up, and says where', () => {
    const cut = text.replace(
      '2015/6/10,"10,600.05",,"10,600.05",港湾科技,HX-2015-000001 货款',
      '2015/6/10,"10,600.05",,"10,600.00",港湾科技,x',
    );
    expect(read(cut)).toMatchObject({ code: 'STATEMENT_UNBALANCED', detail: expect.stringContaining('line 3') });
  });

  it('without balances needs them stated', () => {
    const columns = { ...mapping.columns, balance: undefined };
    expect(read(text, { columns })).toMatchObject({ code: 'STATEMENT_ELEMENT_INVALID' });
    const statement = read(text, { columns }, { openingMinor: 0n, closingMinor: 960_004n });
    if (!('entries' in statement)) throw new Error('refused');
    expect(checkIntegrity(statement)).toMatchObject({ ok: false, error: { code: 'STATEMENT_UNBALANCED' } });
  });

  it.each([
    ['a date that is none', text.replace('2015/6/10', '2015/6/31'), 'line 4, column 日期: "2015/6/31" is no date'],
    ['the other decimal sign', text.replace('"10,600.05",,', '"10.600,05",,'), 'is no amount with "."'],
    ['three decimals', text.replace('"10,600.05",,', '"10,600.055",,'), 'more than the 2 decimals'],
    ['both columns filled', text.replace('"10,600.05",,', '"10,600.05",1.00,'), 'exactly one of the columns'],
    ['a column that is missing', text.replace('支出', '出'), 'column 支出: the heading has no such column'],
    ['a quote that does not end', `${text}"2015`, 'a quote does not end'],
    ['no line at all', text.split('\r\n').slice(0, 2).join('\n'), 'no line but its heading'],
    ['nothing', '', 'no heading line'],
  ])('with %s is refused with the place', (_name, body, detail) => {
    expect(read(body)).toMatchObject({ code: 'STATEMENT_ELEMENT_INVALID', detail: expect.stringContaining(detail) });
  });

  it('is decoded as its mapping says, and refused when the bytes cannot be that', () => {
    expect(new TextDecoder('gb18030').decode(gb18030)).toContain('账户明细');
    const broken = readStatementFile(Buffer.from([0xff, 0xff, 0x30]), { mapping });
    expect(broken).toMatchObject({ ok: false, error: { code: 'STATEMENT_ENCODING_UNKNOWN' } });
    expect([...textPieces(Buffer.from('b162a4e1', 'hex'), 'big5')].join('')).toBe('帳戶');
    const readable = readStatementFile(gb18030, { mapping });
    expect(readable).toMatchObject({
      ok: false,
      error: { detail: expect.stringContaining('the heading has no such column') },
    });
  });

  it('never takes more than 100,000 lines, nor more than 200 columns', () => {
    const many = `x\nd,c\n${'2015/06/10,1\n'.repeat(100_001)}`;
    const plain = { amounts: { kind: 'signed', amount: 'c' } as const, columns: { bookingDate: 'd', remittance: [] } };
    expect(read(many, plain)).toMatchObject({ code: 'STATEMENT_TOO_LARGE' });
    expect(read(','.repeat(300), plain)).toMatchObject({ code: 'STATEMENT_TOO_LARGE' });
  });

  it('is read as it was written, whatever stands in its cells', () => {
    const cell = fc.string({ maxLength: 20 }).filter((one) => !one.includes('\r'));
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(table, fc.constantFrom(',', ';', '\t', '|'), (rows, delimiter) => {
        const written = rows
          .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(delimiter))
          .join('\n');
        const kept = rows.filter((row) => row.some((one) => one.trim() !== ''));
        expect([...readCsv(written, delimiter)].map(({ cells }) => cells)).toEqual(kept);
      }),
    );
  });
});

describe('numbers and dates', () => {
  it.each([
    ['1,234.56', '.', ',', '1234.56'],
    ['1.234,56', ',', '.', '1234.56'],
    ["1'234.56", '.', "'", '1234.56'],
    ['(12.00)', '.', ',', '-12.00'],
    ['12.00-', '.', ',', '-12.00'],
    ['¥ 0012', '.', ',', '12'],
    ['1,23', '.', ',', null],
    ['1.234', ',', ',' as const, null],
    ['1e5', '.', '', null],
    ['', '.', '', null],
    ['--1', '.', '', null],
    ['(1', '.', '', null],
  ] as const)('%j with decimal %j and thousands %j is %j', (written, decimal, thousands, plain) => {
    expect(parseNumber(written, { decimal, thousands })).toBe(plain);
  });

  it.each([
    ['10/06/2015', 'DD/MM/YYYY', '2015-06-10'],
    ['06/10/2015', 'MM/DD/YYYY', '2015-06-10'],
    ['20150610', 'YYYYMMDD', '2015-06-10'],
    ['10.6.2015 08:00:01', 'DD.MM.YYYY', '2015-06-10'],
    ['2015年6月10日', 'YYYY年MM月DD日', '2015-06-10'],
    ['10/06/15', 'DD/MM/YY', '2015-06-10'],
    ['31/02/2015', 'DD/MM/YYYY', null],
    ['2015-06-10', 'DD/MM/YYYY', null],
  ] as const)('%s as %s is %j', (written, format, date) => {
    expect(parseDate(written, format)).toBe(date);
  });
});
