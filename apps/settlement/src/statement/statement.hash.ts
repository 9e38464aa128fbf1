import { createHash } from 'node:crypto';
import { canonicalJson } from '@hetao/kernel';
import type { BankStatement, StatementLine } from './statement.js';

/**
 * Over what the statement says, not how it is written: a second export may differ in white space and message id. The hash of
 * the canonical JSON of all of it, made line by line: a long statement is never one text.
 */
export function contentHashOf(statement: BankStatement, lines: readonly StatementLine[]): string {
  const { account, reference, currency, opening, closing } = statement;
  const balances = [opening, closing].map((balance) =>
    balance === null ? null : [balance.amountMinor.toString(), balance.date],
  );
  const hash = createHash('sha256');
  // RFC 8785 puts the names in order: account, balances, currency, lines, reference.
  hash.update(`${canonicalJson({ account, balances, currency }).slice(0, -1)},"lines":[`);
  for (const [index, { returnReason, ...line }] of lines.entries()) {
    const text = canonicalJson({
      ...line,
      amountMinor: line.amountMinor.toString(),
      // A return's reason was not read at first, and a statement of that time must still be known again.
      ...(returnReason === null ? {} : { returnReason }),
    });
    hash.update(index === 0 ? text : `,${text}`);
  }
  return hash.update(`],"reference":${canonicalJson(reference)}}`).digest('hex');
}
