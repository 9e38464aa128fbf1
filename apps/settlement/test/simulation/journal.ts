import { accountKinds, signedMinor, type AccountKey, type Posting } from '../../src/ledger/ledger.js';
import type { JournalAccount, JournalTransaction } from '../../src/journal-export/journal.js';
import { writeJournal } from '../../src/journal-export/journal.writer.js';
import type { PlainLedger } from './plain-ledger.js';

/** Several ledgers as one journal: owners get the seed before their name, so that no two ledgers share an account. */
export function journalOf(ledgers: readonly { readonly seed: number; readonly ledger: PlainLedger }[]): string {
  const accounts = ledgers.flatMap(({ seed, ledger }) =>
    ledger.balances.map(([account, balanceMinor]): JournalAccount => ({ ...named(seed, account), balanceMinor })),
  );
  const transactions = ledgers.flatMap(({ seed, ledger }) =>
    ledger.postings.map((posting, index) => transactionOf(seed, posting, index)),
  );
  return writeJournal('hledger', accounts, transactions);
}

function transactionOf(seed: number, posting: Posting, index: number): JournalTransaction {
  return {
    transactionId: `txn_${seed}_${index}`,
    movement: posting.movement,
    period: posting.period,
    referenceKind: posting.reference.kind,
    referenceId: posting.reference.id,
    date: posting.effectiveAt.toISOString().slice(0, 10),
    recordedAt: posting.effectiveAt,
    legs: posting.legs.map((leg) => ({ ...named(seed, leg.account), amountMinor: signedMinor(leg) })),
  };
}

function named(seed: number, { owner, kind, currency }: AccountKey) {
  return { owner: `${seed}/${owner}`, kind, currency, normal: accountKinds[kind].normal };
}
