import { expect, it } from '@jest/globals';
import { csvOf } from './csv.js';

it('quotes what must be quoted and runs no formula of a stranger', () => {
  const text = csvOf(
    ['Name', '金额'],
    [
      ['=HYPERLINK("http://x")', '-12.50'],
      ['a,b\nc', '@sum'],
    ],
  );
  expect(text).toBe('\ufeffName,金额\r\n"\'=HYPERLINK(""http://x"")",-12.50\r\n"a,b\nc",\'@sum\r\n');
});
