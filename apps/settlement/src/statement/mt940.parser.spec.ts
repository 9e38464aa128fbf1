import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseMt940 } from './mt940.parser.js';
import { checkIntegrity, linesOf, type BankStatement } from './statement.js';

const message = (change: { entry?: string; opening?: string; closing?: string } = {}): string =>
  [
    '{1:F01BANKCNBJAXXX0000000000}{2:I940HETAOXXXXN}{4:',
    ':20:STARTUMS',
    ':25:6222-0001',
    ':28C:161/1',
    change.opening ?? ':60F:C150609CNY1000,00',
    change.entry ?? ':61:1506100610C106,05NTRFHX-2015-000001//B4E07XM00J',
    ':86:/NAME/HARBOUR LTD/REMI/INVOICE HX-2015',
    '-000001',
    change.closing ?? ':62F:C150610CNY1106,05',
    '-}',
  ].join('\r\n');

const read = (text: string): BankStatement => {
  const parsed = parseMt940(text);
  if (!parsed.ok) throw new Error(parsed.error.detail);
  const [statement] = parsed.value.statements;
  if (statement === undefined) throw new Error('no statement');
  return statement;
};

describe('an MT940 message', () => {
  it('is read with its references, its parties and the text cut over two lines', () => {
    const statement = read(message());
    expect(statement).toMatchObject({ kind: 'statement', account: '6222-0001', currency: 'CNY', sequenceNo: '161/1' });
    expect(checkIntegrity(statement).ok).toBe(true);
    const lines = linesOf(statement);
    expect(lines.ok && lines.value).toMatchObject([
      {
        side: 'credit',
        amountMinor: 10_605n,
        endToEndId: 'HX-2015-000001',
        bankReference: 'B4E07XM00J',
        bookingDate: '2015-06-10',
        counterpartyName: 'HARBOUR LTD',
      },
    ]);
  });

  it.each([
    [':61:1506100610D5,NMSCNONREF', 'debit', 500n, false],
    [':61:150610RC5,5NMSCNONREF', 'debit', 550n, true],
    [':61:150610RD5,NMSCNONREF', 'credit', 500n, true],
    [':61:150610CY5,25NMSCNONREF', 'credit', 525n, false],
    [':61:150610D500NTRF29-07', 'debit', 50_000n, false],
  ])('%s is %s %s, reversal %s', (entry, side, amountMinor, reversal) => {
    expect(read(message({ entry })).entries[0]).toMatchObject({ side, amountMinor, reversal });
  });

  it('puts an entry date into the year next to its value date', () => {
    expect(read(message({ entry: ':61:1501021231C1,NTRFNONREF' })).entries[0]).toMatchObject({
      valueDate: '2015-01-02',
      bookingDate: '2014-12-31',
    });
  });

  it.each([
    ['no closing balance', message({ closing: '' }), ':62F: or :62M: is missing'],
    ['a truncated balance', message({ closing: ':62F:C150610CN' }), 'line 9, :62F:: it is no balance'],
    ['a date that is none', message({ entry: ':61:150631C1,NTRFNONREF' }), '"150631" is no date'],
    ['an amount in the other notation', message({ entry: ':61:150610C1.50NTRFX' }), 'is no entry'],
    ['more decimals than the currency has', message({ entry: ':61:150610C1,505NTRFX' }), 'more than the 2 decimals'],
    ['no currency of this world', message({ opening: ':60F:C150609ZZZ1,' }), '"ZZZ" is not an ISO 4217 code'],
  ])('with %s is refused with the line', (_name, text, detail) => {
    const parsed = parseMt940(text);
    expect(parsed).toMatchObject({ ok: false, error: { code: 'STATEMENT_ELEMENT_INVALID' } });
    expect(!parsed.ok && parsed.error.detail).toContain(detail);
  });

  it('of which an entry was taken out does not add up', () => {
    const statement = read(message().replace(/:61:.*\r\n/, ''));
    expect(checkIntegrity(statement)).toMatchObject({ ok: false, error: { code: 'STATEMENT_UNBALANCED' } });
  });

  it('in another currency than its balances is refused', () => {
    const statement = read(message({ closing: ':62F:C150610HKD1106,05' }));
    expect(checkIntegrity(statement)).toMatchObject({ ok: false, error: { code: 'STATEMENT_CURRENCY_MIXED' } });
  });

  it('within the day (MT942) announces and has no balances', () => {
    const text =
      ':20:X\n:25:6222\n:28C:1/1\n:34F:CNY0,\n:13D:1506101200+0800\n:61:150610EC5,NTRFNONREF\n:90D:0CNY0,\n:90C:1CNY5,\n-';
    expect(read(text)).toMatchObject({
      kind: 'intraday',
      opening: null,
      currency: 'CNY',
      entries: [{ status: 'PDNG' }],
    });
  });

  it('never throws, whatever is in it', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom(
        ':20:X',
        ':25:1',
        ':28C:1',
        ':60F:C150609CNY1,',
        ':61:150610C1,NTRFX',
        ':86:',
        ':62F:C150609CNY1,',
        '-',
      ),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        expect(typeof parseMt940(lines.join('\n')).ok).toBe('boolean');
      }),
      { numRuns: 500 },
    );
  });
});
