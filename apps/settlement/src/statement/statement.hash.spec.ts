import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from '@hetao/kernel';
import { buildCamt053 } from '../../../../tools/trade/src/camt053.js';
import { parseCamt } from './camt.parser.js';
import { contentHashOf } from './statement.hash.js';
import { linesOf } from './statement.js';

const account = { accountNumber: '4000', ownerName: 'Hetao Exchange', currency: 'CNY' as const };
const pays = (remittance: string) => ({ endToEndId: 'X "1"', remittance, amountMinor: 7n, payerName: '河套' });

describe('what a statement says', () => {
  it.each([[[]], [[pays('a')]], [[pays('a'), pays('b')]]])(
    'is hashed as one canonical text would be: %j',
    (credits) => {
      const { xml } = buildCamt053({ account, date: '2015-06-10', openingMinor: 5n, credits, debits: [] });
      const file = parseCamt(new TextEncoder().encode(xml));
      if (!file.ok) throw new Error(file.error.detail);
      const [statement] = file.value.statements;
      if (statement === undefined) throw new Error('a statement');
      const lines = linesOf(statement);
      if (!lines.ok) throw new Error(lines.error.detail);
      const { reference, currency, opening, closing } = statement;
      const text = canonicalJson({
        ...{ account: statement.account, reference, currency },
        balances: [opening, closing].map((one) => (one === null ? null : [one.amountMinor.toString(), one.date])),
        lines: lines.value.map(({ returnReason: _, ...line }) => ({
          ...line,
          amountMinor: line.amountMinor.toString(),
        })),
      });
      expect(contentHashOf(statement, lines.value)).toBe(createHash('sha256').update(text).digest('hex'));
    },
  );
});
