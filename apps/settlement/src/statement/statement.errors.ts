import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Why a bank statement can be refused. A refused file leaves nothing behind. */
export const statementErrors = defineErrors({
  STATEMENT_XML_INVALID: {
    kind: 'invalid',
    title: 'The statement is not well-formed XML',
    fix: 'Send the file exactly as the bank delivered it: complete, unchanged, in the encoding it declares.',
  },
  STATEMENT_XML_FORBIDDEN: {
    kind: 'invalid',
    title: 'The statement uses XML that a bank statement has no use for',
    fix: 'Remove the DOCTYPE, entity declarations and processing instructions; ISO 20022 messages have none.',
  },
  STATEMENT_TOO_LARGE: {
    kind: 'too_large',
    title: 'The statement is larger than this endpoint takes',
    fix: 'Ask the bank for statements of shorter spans, or import them one by one.',
  },
  STATEMENT_FORMAT_UNSUPPORTED: {
    kind: 'unprocessable',
    title: 'The message is not a camt.053 statement of a known version',
    fix: 'Send a booked end-of-day statement, camt.053.001.02 to camt.053.001.08.',
  },
  STATEMENT_ELEMENT_INVALID: {
    kind: 'unprocessable',
    title: 'An element of the statement is missing or malformed',
    fix: 'Have the bank correct the element named in the detail; the line number counts from the top of the file.',
  },
  STATEMENT_CURRENCY_MIXED: {
    kind: 'unprocessable',
    title: 'The statement mixes currencies',
    fix: 'A statement is of one account in one currency: have the bank correct the balance or entry named in the detail.',
  },
  STATEMENT_UNBALANCED: {
    kind: 'unprocessable',
    title: 'The statement does not add up',
    fix: 'Opening balance plus booked entries must give the closing balance: fetch the complete statement from the bank again.',
  },
  STATEMENT_CONFLICT: {
    kind: 'conflict',
    title: 'This statement was imported before with other content',
    fix: 'Compare both files with the bank. A corrected statement needs an identification of its own.',
  },
  STATEMENT_NOT_FOUND: {
    kind: 'not_found',
    title: 'No such bank statement',
    fix: 'List the statements with GET /v1/bank-statements and use an id from there.',
  },
});

export type StatementError = ErrorOf<typeof statementErrors>;
