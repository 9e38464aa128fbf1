import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseCsvRates } from './csv-rates.parser.js';
import { parseEcbRates } from './ecb.parser.js';

const ecb = (cubes: string, head = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?>${head}
   <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
     <gesmes:subject>Reference rates</gesmes:subject><Cube><Cube time='2015-05-29'>${cubes}</Cube></Cube></gesmes:Envelope>`;
const cube = (currency: string, rate: string): string => `<Cube currency='${currency}' rate='${rate}'/>`;
const header = 'date,base,quote,side,rate,inverse,source';
const faultOf = (result: ReturnType<typeof parseCsvRates>): string =>
  result.ok ? 'read' : `${result.error.code}: ${result.error.detail}`;

describe('rates of the European Central Bank', () => {
  it('become a pair of each two currencies of the exchange, both ways kept', () => {
    const read = parseEcbRates(
      ecb(cube('USD', '1.0970') + cube('CNY', '6.8003') + cube('JPY', '135.95') + cube('HKD', '8.5049')),
    );
    if (!read.ok) throw new Error(read.error.detail);
    expect(
      read.value.map(({ base, quote, rate, inverse }) => [base, quote, rate.toString(), inverse.toString()]),
    ).toEqual([
      ['CNY', 'HKD', '1.25066541182', '0.799574363014'],
      ['CNY', 'USD', '0.161316412511', '6.198997265269'],
      ['HKD', 'USD', '0.128984467777', '7.752871467639'],
    ]);
    expect(read.value[0]).toMatchObject({ side: 'mid', source: 'ECB', quotedOn: '2015-05-29' });
  });

  it.each([
    ['a rate of zero', ecb(cube('USD', '0')), 'RATE_INVALID: 2015-05-29, EUR/USD: "0"'],
    ['a negative rate', ecb(cube('USD', '-1.1')), 'RATE_INVALID'],
    ['a rate that is no number', ecb(cube('USD', 'N/A')), 'RATE_INVALID'],
    ['a rate beyond this world', ecb(cube('USD', '1000000001')), 'RATE_INVALID'],
    ['a currency twice', ecb(cube('USD', '1') + cube('USD', '2')), 'RATE_FILE_MALFORMED: USD stands twice'],
    [
      'a document type',
      ecb('', '<!DOCTYPE x [<!ENTITY a "b">]>'),
      'RATE_FILE_MALFORMED: The file declares a document type',
    ],
    [
      'a bomb of entities',
      ecb('', '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>').replace('Reference', '&lol2;'),
      'RATE_FILE_MALFORMED',
    ],
    ['an entity of its own', ecb(cube('USD', '&rate;')), 'RATE_FILE_MALFORMED'],
    ['half a file', ecb(cube('USD', '1.1')).slice(0, -40), 'RATE_FILE_MALFORMED'],
    ['elements without end', '<a>'.repeat(100_000), 'RATE_FILE_MALFORMED: Elements are nested deeper'],
    ['no rates', '<a/>', 'RATE_FILE_MALFORMED'],
    ['a date that is none', ecb('').replace('2015-05-29', '2015-02-30x'), 'RATE_FILE_MALFORMED'],
  ])('are refused with %s', (_what, xml, fault) => {
    expect(faultOf(parseEcbRates(xml))).toContain(fault);
  });
});

describe('rates as CSV', () => {
  it('are read with their side and source', () => {
    const read = parseCsvRates(
      `\uFEFF${header}\r\n2015-05-29,HKD,CNY,bid,0.7996,1.2506,BOC\n\n2015-05-29,VND,CNY,mid,0.000284,3521.1,SBV\n`,
    );
    expect(read.ok && read.value.map(({ base, side, source, rate }) => [base, side, source, rate.toString()])).toEqual([
      ['HKD', 'bid', 'BOC', '0.7996'],
      ['VND', 'mid', 'SBV', '0.000284'],
    ]);
  });

  it.each([
    ['another header', 'date;base', 'RATE_FILE_MALFORMED: Line 1'],
    ['no line', header, 'RATE_FILE_MALFORMED: The file holds no rate'],
    ['a rate of zero', `${header}\n2015-05-29,HKD,CNY,mid,0,1,BOC`, 'RATE_INVALID: line 2'],
    ['a negative rate', `${header}\n2015-05-29,HKD,CNY,mid,-0.8,1.25,BOC`, 'RATE_INVALID: line 2'],
    ['an inverse that is none', `${header}\n2015-05-29,HKD,CNY,mid,0.8,0.8,BOC`, 'RATE_INVALID: line 2'],
    ['a currency nobody settles in', `${header}\n2015-05-29,EUR,CNY,mid,0.8,1.25,BOC`, 'RATE_INVALID: line 2: EUR/CNY'],
    ['a currency against itself', `${header}\n2015-05-29,CNY,CNY,mid,1,1,BOC`, 'RATE_INVALID'],
    ['another side', `${header}\n2015-05-29,HKD,CNY,best,0.8,1.25,BOC`, 'the side is bid, ask or mid'],
    ['a cell too few', `${header}\n2015-05-29,HKD,CNY,mid,0.8,1.25`, 'line 2 has 6 cells'],
    ['a date of another form', `${header}\n29.05.2015,HKD,CNY,mid,0.8,1.25,BOC`, 'is no date'],
    ['a day that never was', `${header}\n2015-02-29,HKD,CNY,mid,0.8,1.25,BOC`, 'is no date'],
    ['no source', `${header}\n2015-05-29,HKD,CNY,mid,0.8,1.25,`, 'name the source'],
  ])('are refused with %s', (_what, csv, fault) => {
    expect(faultOf(parseCsvRates(csv))).toContain(fault);
  });

  it('never throw, whatever the file holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(typeof parseCsvRates(`${header}\n${text}`).ok).toBe('boolean');
        expect(typeof parseEcbRates(`<Cube>${text}`).ok).toBe('boolean');
      }),
      { numRuns: 40 },
    );
  });
});
