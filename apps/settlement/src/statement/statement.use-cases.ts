import { createHash } from 'node:crypto';
import { err, newId, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { InvoiceError } from '../invoice/invoice.errors.js';
import type { LedgerError } from '../ledger/ledger.errors.js';
import { MatchLines } from '../matching/matching.use-cases.js';
import { readStatementFile, type ReadingHints } from './statement.formats.js';
import { StatementBook, statementIdOf, type CheckedStatement } from './statement.book.js';
import { statementErrors, type StatementError } from './statement.errors.js';
import { checkIntegrity, linesOf, type BankStatement } from './statement.js';
import { StatementRepository, type ReceivedFile } from './statement.repository.js';

type ImportError = StatementError | InvoiceError | LedgerError;

/** The part of an import that a second look at old lines shares. */
@Injectable()
export class StatementWork {
  readonly #book: StatementBook;
  readonly #match: MatchLines;

  constructor(book: StatementBook, match: MatchLines) {
    this.#book = book;
    this.#match = match;
  }

  async take(
    tx: Tx,
    fileSha256: string,
    statements: readonly CheckedStatement[],
  ): Promise<Result<readonly string[], ImportError>> {
    for (const statement of statements) {
      const recorded = await this.#book.record(tx, fileSha256, statement);
      if (!recorded.ok) return recorded;
      const matched = await this.#match.execute(tx, recorded.value);
      if (!matched.ok) return matched;
    }
    return ok(statements.map(({ statement }) => statementIdOf(statement)));
  }

  async revisit(tx: Tx, statementId: string): Promise<Result<number, ImportError>> {
    const lines = await this.#book.waitingLines(tx, statementId);
    if (lines === null) {
      return err(statementErrors.STATEMENT_NOT_FOUND(`There is no bank statement ${statementId}.`));
    }
    return this.#match.execute(tx, lines);
  }
}

/** Takes in a bank statement: reads it, checks it, keeps it, books its money and matches its lines, or does nothing. */
@Injectable()
export class ImportStatement {
  readonly #uow: UnitOfWork;
  readonly #files: StatementRepository;
  readonly #work: StatementWork;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, files: StatementRepository, work: StatementWork, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#files = files;
    this.#work = work;
    this.#clock = clock;
  }

  /** @returns the ids of the file's statements, in its order; the same ones when it was imported before. */
  async execute(
    bytes: Uint8Array,
    hints: ReadingHints,
    importedBy: string,
  ): Promise<Result<readonly string[], ImportError>> {
    const parsed = readStatementFile(bytes, hints);
    if (!parsed.ok) return parsed;
    const { messageId, messageVersion, statements } = parsed.value;
    const checked = checkAll(statements);
    if (!checked.ok) return checked;
    const file: ReceivedFile = {
      fileId: newId('bsf'),
      sha256: createHash('sha256').update(bytes).digest('hex'),
      messageId,
      messageVersion,
      sizeBytes: bytes.byteLength,
      importedBy,
      importedAt: this.#clock.now(),
    };
    return this.#uow.runResult(async (tx) => {
      await this.#files.addFile(tx, file);
      return this.#work.take(tx, file.sha256, checked.value);
    });
  }
}

/** Looks at a statement's exceptions again: an invoice may have been issued after its payment came. */
@Injectable()
export class RematchStatement {
  readonly #uow: UnitOfWork;
  readonly #work: StatementWork;

  constructor(uow: UnitOfWork, work: StatementWork) {
    this.#uow = uow;
    this.#work = work;
  }

  /** @returns how many lines were matched by this call. */
  execute(statementId: string): Promise<Result<number, ImportError>> {
    return this.#uow.runResult((tx) => this.#work.revisit(tx, statementId));
  }
}

/** A file is imported whole, and each line may publish an event: as many as one transaction may append. */
const MAX_LINES = 20_000;

/**
 * Nothing of a file is believed before all of it adds up.
 *
 * @param maxLines most payments it may hold: STATEMENT_TOO_LARGE.
 */
export function checkAll(
  statements: readonly BankStatement[],
  maxLines = MAX_LINES,
): Result<readonly CheckedStatement[], StatementError> {
  const checked: CheckedStatement[] = [];
  for (const statement of statements) {
    const sound = checkIntegrity(statement);
    if (!sound.ok) return sound;
    const lines = linesOf(statement);
    if (!lines.ok) return lines;
    checked.push({ statement, lines: lines.value });
  }
  const lines = checked.reduce((sum, one) => sum + one.lines.length, 0);
  if (lines > maxLines) {
    return err(statementErrors.STATEMENT_TOO_LARGE(`The file holds ${lines} payments, more than ${maxLines}.`));
  }
  return ok(checked);
}
