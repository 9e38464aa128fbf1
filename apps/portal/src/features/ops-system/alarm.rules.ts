import { formatMoney, isCurrency, money } from '@hetao/kernel';
import type { SettlementAlarm } from '@hetao/client';
import { moneyText } from '../../i18n/format.js';
import { readSaid, type Said, type Sentences } from '../../kit/said.rules.js';
import type { alarms } from '../../locales/en/alarms.js';

export type AlarmWord = keyof typeof alarms.said;

/** What an alarm of the books says, and whose books it is about where they are an organisation's. */
export interface BooksAlarm {
  readonly said: Said<AlarmWord>;
  readonly owner?: string;
}

const OF = String.raw`^(?<owner>\S+) (?<currency>[A-Z]{3}): the ledger says (?<books>-?\d+), `;
const MONTH = String.raw`^(?<month>\d{4}-\d\d): it is `;

/** What settlement's audits say behind the subject of an alarm (apps/settlement/src/audit), amounts in minor units. */
const BOOKS: Sentences<AlarmWord> = [
  [
    'head',
    /^(?<account>\S+): balance (?<balance>-?\d+) at version (?<version>\d+), but (?<entries>\d+) entries add up to (?<sum>-?\d+)$/,
  ],
  [
    'held',
    /^(?<account>\S+): held (?<debit>\d+) \/ (?<credit>\d+), but open holds reserve (?<openDebit>\d+) \/ (?<openCredit>\d+)$/,
  ],
  ['currency', /^(?<currency>[A-Z]{3}): all entries add up to (?<sum>-?\d+)$/],
  ['legs', /^(?<transaction>\S+): its legs in (?<currency>[A-Z]{3}) add up to (?<sum>-?\d+)$/],
  ['shares', new RegExp(String.raw`${OF}the shares of invoices say (?<other>-?\d+)$`)],
  ['takenBack', new RegExp(String.raw`${OF}what was paid out and taken back says (?<other>-?\d+)$`)],
  ['waiting', new RegExp(String.raw`${OF}what waits says (?<other>-?\d+)$`)],
  ['invoices', new RegExp(String.raw`${OF}the invoices say (?<other>-?\d+)$`)],
  ['unequal', new RegExp(`${MONTH}closed and does not add up in (?<currencies>[A-Z]{3}(?:, [A-Z]{3})*)$`)],
  ['changed', new RegExp(`${MONTH}counted otherwise than it was closed$`)],
  ['rowMissing', /^sequence (?<place>\d+): it is missing$/],
  ['rowChanged', /^sequence (?<place>\d+): transaction (?<transaction>\S+) is not what was sealed$/],
  ['segmentChanged', /^segment (?<segment>\d+): it is not what was sealed$/],
];

/** What a look at a log says (`lookAtLog` and `openCheckpoint` of `@hetao/proofs`, and apps/attestation/src/node). */
const LOG: Sentences<AlarmWord> = [
  ['sighting', /^What it says it saw of our log is not signed: /],
  ['malformed', /^This is not a signed checkpoint\.$/],
  ['keyUnknown', /^No trusted key is known for the log "(?<log>[^\n]*)"\.$/],
  ['forged', /^The signature of "(?<log>[^\n]*)" is missing or was not made over this text\.$/],
  ['fewWitnesses', /^(?<signed>\d+) of (?<needed>\d+) witnesses signed this checkpoint\.$/],
  ['otherLog', /^The log calls itself "(?<log>[^\n]*)", not "(?<known>[^\n]*)"\.$/],
  ['shrunk', /^The log had (?<before>\d+) leaves and now signs for (?<size>\d+)\.$/],
  ['twoRoots', /^Two roots were signed for (?<size>\d+) leaves: (?<root>[0-9a-f]{64}) and (?<second>[0-9a-f]{64})\.$/],
  ['noBeginning', /^The (?<size>\d+) leaves now signed for do not begin with the (?<before>\d+) seen before\.$/],
  [
    'notOurs',
    /^Our key signed (?<size>\d+) leaves with root (?<root>[0-9a-f]{64}) for the other node; this is not what our log of (?<latest>\d+) leaves holds\.$/,
  ],
];

/** Reads an alarm of the books; undefined where only its own words can tell. Amounts of a known currency are money. */
export function readBooksAlarm({
  subject,
  detail,
}: Pick<SettlementAlarm, 'subject' | 'detail'>): BooksAlarm | undefined {
  const [said] = readSaid(`${subject}: ${detail}`, BOOKS) ?? [];
  if (said === undefined) return undefined;
  const { owner, currency, ...values } = said.values;
  return {
    said: { word: said.word, values: currency === undefined ? values : inMoney(values, currency) },
    ...(owner !== undefined && { owner }),
  };
}

/** Reads an alarm of the log: a remark may stand before what is wrong. */
export function readLogAlarm({ detail }: { readonly detail: string }): readonly Said<AlarmWord>[] | undefined {
  return readSaid(detail, LOG);
}

const AMOUNTS: readonly string[] = ['sum', 'books', 'other'];

/** The exchange settles in no other currency than it knows; what it does not know stays in minor units. */
function inMoney(values: Said<AlarmWord>['values'], currency: string): Said<AlarmWord>['values'] {
  if (!isCurrency(currency)) return values;
  return Object.fromEntries(
    Object.entries(values).map(([name, text]) => [
      name,
      AMOUNTS.includes(name) ? moneyText({ currency, amount: formatMoney(money(BigInt(text), currency)) }) : text,
    ]),
  );
}
