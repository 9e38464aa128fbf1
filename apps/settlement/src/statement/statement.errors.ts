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
  STATEMENT_ENCODING_UNKNOWN: {
    kind: 'invalid',
    title: 'The bytes are not text in the expected encoding',
    fix: 'Say how the bank writes the file: ?encoding=gb18030, big5, utf-8, windows-1252 or iso-8859-1.',
  },
  STATEMENT_TOO_LARGE: {
    kind: 'too_large',
    title: 'The statement is larger than this endpoint takes',
    fix: 'Ask the bank for statements of shorter spans. Prefer: respond-async takes files of up to 64 MB and 100,000 payments.',
  },
  STATEMENT_FORMAT_UNSUPPORTED: {
    kind: 'unprocessable',
    title: 'The file is in no format that is read here',
    fix: 'Send camt.052, camt.053 or camt.054 (versions 2 to 13), MT940, MT942, or a CSV file together with ?mapping=.',
  },
  STATEMENT_ELEMENT_INVALID: {
    kind: 'unprocessable',
    title: 'An element of the statement is missing or malformed',
    fix: 'Have the bank correct the element or field named in the detail; the line number counts from the top of the file.',
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
  STATEMENT_ARRIVING: {
    kind: 'conflict',
    title: 'An operation is importing this statement',
    fix: 'Follow GET /v1/settlement/operations/{id} until it is done; the statement is then imported. One that failed goes on when its file is sent again with Prefer: respond-async.',
  },
  STATEMENT_OVERLAPS: {
    kind: 'conflict',
    title: 'The file repeats days that another statement of the account covers',
    fix: 'Export the days that are missing and only those: lines without a bank reference cannot be told from new ones.',
  },
  STATEMENT_GAP_NONE: {
    kind: 'conflict',
    title: 'The statement has no gap before it',
    fix: 'Nothing is to be accepted: it continues the statement before it, or is the first one.',
  },
  CSV_MAPPING_NOT_FOUND: {
    kind: 'not_found',
    title: 'No such CSV mapping',
    fix: 'List the mappings with GET /v1/bank-statement-mappings and use an id from there.',
  },
  STATEMENT_NOT_FOUND: {
    kind: 'not_found',
    title: 'No such bank statement',
    fix: 'List the statements with GET /v1/bank-statements and use an id from there.',
  },
});

export type StatementError = ErrorOf<typeof statementErrors>;
