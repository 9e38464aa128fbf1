import { newId, unwrap, type Clock } from '@hetao/kernel';
import type { UnitOfWork } from '@hetao/persistence';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { OperationRepository } from '../operation/operation.repository.js';
import { PeriodRepository } from '../period/period.repository.js';
import { settlementConfig } from '../settlement.config.js';
import { EffectiveDates } from './statement.dates.js';
import { StatementBook, statementIdOf, type CheckedStatement } from './statement.book.js';
import { readLongStatementFile } from './statement.formats.js';
import { StatementRepository } from './statement.repository.js';
import { maxFilePayments } from './statement.js';
import { checkAll } from './statement.use-cases.js';

/** Reading, keeping and booking of bank files without the service around them, for benchmarks: what an operation calls. */
export function statements(uow: UnitOfWork, clock: Clock) {
  const repository = new StatementRepository();
  const ledger = new LedgerRepository(clock);
  const dates = new EffectiveDates(ledger, new PeriodRepository(), clock, settlementConfig.parse({}));
  const book = new StatementBook(repository, ledger, dates);
  return {
    /** Reads a file of any length, and lets nobody else wait for it. */
    read: async (bytes: Uint8Array) => unwrap(await readLongStatementFile(bytes, {})),
    check: (file: Parameters<typeof checkAll>[0]) => unwrap(checkAll(file, maxFilePayments)),
    /** Keeps a statement and books its lines, `size` a transaction, as an operation does. @returns its id. */
    store: async (checked: CheckedStatement, size: number): Promise<string> => {
      const sha256 = newId('sha');
      const asked = { bytes: new Uint8Array(1), sha256, hints: {}, requestedBy: 'bench' };
      const operationId = await uow.run((tx) => new OperationRepository(clock).begin(tx, asked));
      await uow.runResult(async (tx) => {
        await repository.addFile(tx, {
          ...{ fileId: newId('bsf'), sha256, messageId: sha256, messageVersion: 'bench', sizeBytes: 1 },
          ...{ importedBy: 'bench', importedAt: clock.now() },
        });
        return book.announce(tx, { fileSha256: sha256, operationId }, checked);
      });
      for (let from = 0; from < checked.lines.length; from += size) {
        const part = { from, until: Math.min(from + size, checked.lines.length) };
        unwrap(await uow.runResult((tx) => book.recordPart(tx, checked, part)));
      }
      await uow.run((tx) => repository.complete(tx, operationId));
      return statementIdOf(checked.statement);
    },
  };
}
