import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildCamt053 } from '../../../../tools/trade/src/camt053.js';
import { camtSteps, parseCamt } from './camt.parser.js';
import { readCsv, recordsOf } from './csv.reader.js';
import { mt940Steps, parseMt940 } from './mt940.parser.js';
import { readAtOnce, readInTurns } from './reading.steps.js';
import { textPieces } from './statement.text.js';

/** A text in pieces that end where the numbers say. */
const cut = (text: string, ends: readonly number[]): string[] => {
  const places = [0, ...ends.map((end) => end % (text.length + 1)).sort((a, b) => a - b), text.length];
  return places.slice(1).map((end, at) => text.slice(places[at], end));
};
const ends = fc.array(fc.nat(), { maxLength: 12 });
const message = [
  ...[':20:DAY', ':25:4000', ':28C:1', ':60F:C150609CNY0,', ':61:1506100610C12,50NTRFHX-1//B1'],
  ...[':86:/EREF/HX-1/NAME/Harbour', 'second line', ':61:1506100610D2,NTRFNONREF', ':62F:C150610CNY10,50', '-'],
];

describe('a file that is read in pieces', () => {
  it('is the same wherever they end: MT940, whatever ends its lines', () => {
    fc.assert(
      fc.property(ends, fc.constantFrom('\n', '\r\n', '\r'), (places, end) => {
        const text = [...message, ...message].join(end);
        const whole = parseMt940(text);
        expect(whole).toMatchObject({ ok: true, value: { statements: [{}, {}] } });
        expect(readAtOnce(mt940Steps(cut(text, places)))).toEqual(whole);
      }),
    );
  });

  it('is the same wherever they end: CSV, with quotes and line breaks in its cells', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', '河', '😀'), maxLength: 6 });
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 8 }), ends, (cells, places) => {
        const text = cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(',') + '\nx,"y"\n';
        const read = [...recordsOf(cut(text, places), ',')].filter((one) => one !== null);
        expect(read).toEqual([...readCsv(text, ',')]);
      }),
    );
  });

  it('is the same in several pieces of bytes, and lets others work in between: camt.053', async () => {
    const account = { accountNumber: '4000', ownerName: '河套', currency: 'CNY' as const };
    const credits = Array.from({ length: 600 }, (_, at) => ({
      ...{ endToEndId: `E${at}`, remittance: `发票 ${at} 的款项`, amountMinor: BigInt(at + 1), payerName: '海港' },
    }));
    const { xml } = buildCamt053({ account, date: '2015-06-10', openingMinor: 5n, credits, debits: [] });
    const bytes = new TextEncoder().encode(xml);
    expect([...textPieces(bytes)].length).toBeGreaterThan(3);
    const whole = parseCamt(bytes);
    if (!whole.ok) throw new Error(whole.error.detail);
    const lines = whole.value.statements.flatMap(({ entries }) => entries);
    expect(lines.map(({ details }) => details[0]?.remittance[0])).toEqual(credits.map(({ remittance }) => remittance));
    let turns = 0;
    const others = setInterval(() => (turns += 1), 0);
    expect(await readInTurns(camtSteps(bytes))).toEqual(whole);
    clearInterval(others);
    expect(turns).toBeGreaterThan(0);
  });

  it.each([
    ['an entry each', false],
    ['one batch-booked entry', true],
  ])('may hold far more payments than fit into one transaction: %s', (_what, batchCredits) => {
    const account = { accountNumber: '4000', ownerName: 'Hetao', currency: 'CNY' as const };
    const credits = Array.from({ length: 20_001 }, (_, at) => ({
      ...{ endToEndId: `E${at}`, remittance: `R${at}`, amountMinor: 1n, payerName: 'B' },
    }));
    const built = buildCamt053({ account, date: '2015-06-10', openingMinor: 0n, credits, debits: [], batchCredits });
    const file = parseCamt(new TextEncoder().encode(built.xml));
    if (!file.ok) throw new Error(file.error.detail);
    const [statement] = file.value.statements;
    expect(statement?.entries).toHaveLength(batchCredits ? 1 : 20_001);
    expect(statement?.entries.flatMap(({ details }) => details)).toHaveLength(20_001);
    expect(statement?.entries.at(-1)?.details.at(-1)).toMatchObject({ endToEndId: 'E20000', remittance: ['R20000'] });
  });

  it('holds 100,000 payments and not one more', () => {
    const line = ':61:1506100610C1,NTRFNONREF';
    const day = (lines: number): string =>
      [
        ':20:D',
        ':25:4000',
        ':28C:1',
        ':60F:C150609CNY0,',
        ...Array<string>(lines).fill(line),
        `:62F:C150610CNY${lines},`,
        '-',
      ].join('\n');
    const most = parseMt940(day(100_000));
    expect(most.ok && most.value.statements[0]?.entries.length).toBe(100_000);
    const halves = parseMt940(`${day(50_001)}\n${day(50_000)}`);
    expect(halves).toMatchObject({ ok: false, error: { code: 'STATEMENT_TOO_LARGE' } });
  });
});
