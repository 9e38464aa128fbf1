import type { SettlementPeriod } from '@hetao/client';
import { readSaid, type Said, type Sentences } from '../../kit/said.rules.js';
import type { closeCheck } from '../../locales/en/close-check.js';
import { stations } from './reconciliation.rules.js';

export type CloseWord = keyof typeof closeCheck;
export type CloseCheck = Pick<SettlementPeriod['checklist'][number], 'code' | 'detail'>;

/** Checks that find a number of things, which their code names. */
const COUNTS = [
  'INVOICES_MISSING',
  'INVOICES_DRAFT',
  'DISPUTES_OPEN',
  'ADJUSTMENTS_OWED',
  'INVOICES_UNPAID',
  'SHARES_NOT_PAID_OUT',
  'PAYOUTS_NOT_SETTLED',
  'STATEMENTS_MISSING',
  'BANK_LINES_OPEN',
  'ALARMS_OPEN',
] as const satisfies readonly CloseWord[];
const COUNT = /^(?<count>\d+) [^]+$/;

const STATION = stations.join('|');
const AMOUNT = String.raw`(?<amount>[A-Z]{3} -?\d+(?:\.\d+)?)`;
const left = (account: string) => new RegExp(`^(?:Left on the clearing accounts: |, )${account} ${AMOUNT}\\.?`);

/** What the other checks find, in settlement's words (apps/settlement/src/period). One check may find several things. */
const SENTENCES: Readonly<Partial<Record<string, Sentences<CloseWord>>>> = {
  PERIOD_NOT_OVER: [['PERIOD_NOT_OVER', /^The period ends at (?<time>\S+)\.$/]],
  USAGE_INCOMPLETE: [
    ['usageNotClosed', /^metering has not said that the usage period is closed\. ?/],
    ['usageMissing', /^usage of (?<expected>\d+) agreements is expected, that of (?<arrived>\d+) has arrived\. ?/],
    [
      'termsMissing',
      /^the terms of (?<count>\d+) agreements with usage have not arrived: (?<agreements>\w+(?:, \w+)*)\. ?/,
    ],
  ],
  RATES_MISSING: [
    ['rateMissing', /^(?:Rates are missing: |, )(?<pair>[A-Z]{3}\/[A-Z]{3}) of (?<day>\d{4}-\d\d-\d\d)\.?/],
  ],
  CLEARING_NOT_ZERO: [
    ['leftInvoiced', left('clearing:invoiced')],
    ['leftBankIn', left('clearing:bank_in')],
    ['leftBankOut', left('clearing:bank_out')],
  ],
  EQUATION_BROKEN: [
    ['unequal', new RegExp(`^(?:; )?Σ (?<left>${STATION}) exceeds Σ (?<right>${STATION}) by ${AMOUNT}\\.?`)],
  ],
};

/** What is open, thing by thing; undefined for a check, or a sentence, that this page does not know. */
export function openThings({ code, detail }: CloseCheck): readonly Said<CloseWord>[] | undefined {
  const counted = COUNTS.find((known) => known === code);
  return readSaid(detail, counted === undefined ? (SENTENCES[code] ?? []) : [[counted, COUNT]]);
}
