import { writeSync } from 'node:fs';
import { systemClock, unwrap } from '@hetao/kernel';
import { openDatabase, UnitOfWork } from '@hetao/persistence';
import { sandboxService } from '@hetao/sandbox';
import { PrivacyAccount, PrivacyLedgerRepository } from '@hetao/sandbox/privacy';

/** A process that charges and then sends, until it is killed: `node ledger-spender.js URL LEDGER SPENDER`. */
const [url = '', ledgerId = '', spenderId = ''] = process.argv.slice(2);
const { schema, entities } = sandboxService;
const database = await openDatabase({
  url,
  schema,
  entities,
  migrations: [],
  applicationName: 'ledger-spender',
  poolSize: 2,
});
const uow = new UnitOfWork(database, { write: () => Promise.resolve(), committed: () => undefined }, systemClock);
const account = new PrivacyAccount(new PrivacyLedgerRepository(), systemClock);

for (;;) {
  unwrap(await uow.runResult((tx) => account.charge(tx, { ledgerId, spender: 'training_run', spenderId })));
  // One byte stands for the tensor: written at once, so that what the other side has read was sent, and nothing else.
  writeSync(1, '.');
}
