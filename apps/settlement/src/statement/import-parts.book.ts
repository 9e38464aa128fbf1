import { err, newId, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { referencesIn } from '../matching/matching.js';
import { MatchLines } from '../matching/matching.use-cases.js';
import { bundlesOf, largestOf, type NamingLine } from '../operation/operation.js';
import { readLongStatementFile, type ReadingHints } from './statement.formats.js';
import { StatementBook, statementIdOf, type CheckedStatement } from './statement.book.js';
import { statementErrors, type StatementError } from './statement.errors.js';
import { StatementRepository, type LineText } from './statement.repository.js';
import { checkAll } from './statement.use-cases.js';
import { maxFilePayments } from './statement.js';

/** A file that was read and adds up. */
export interface ReadFile {
  readonly messageId: string;
  readonly messageVersion: string;
  readonly sizeBytes: number;
  readonly statements: readonly { readonly statementId: string; readonly checked: CheckedStatement }[];
}

/** Lines that name each other's items are matched in one transaction, and each may publish an event. */
const MAX_TOGETHER = 20_000;

/** The steps of an import in parts; together they leave what the import in one transaction leaves. */
@Injectable()
export class ImportParts {
  readonly #statements: StatementRepository;
  readonly #book: StatementBook;
  readonly #match: MatchLines;
  readonly #clock: Clock;

  constructor(statements: StatementRepository, book: StatementBook, match: MatchLines, @Inject(CLOCK) clock: Clock) {
    this.#statements = statements;
    this.#book = book;
    this.#match = match;
    this.#clock = clock;
  }

  /** Reads a file and checks that all of it adds up. */
  async read(bytes: Uint8Array, hints: ReadingHints): Promise<Result<ReadFile, StatementError>> {
    const parsed = await readLongStatementFile(bytes, hints);
    if (!parsed.ok) return parsed;
    const { messageId, messageVersion, statements } = parsed.value;
    const checked = checkAll(statements, maxFilePayments);
    if (!checked.ok) return checked;
    const identified = checked.value.map((one) => ({ statementId: statementIdOf(one.statement), checked: one }));
    return ok({ messageId, messageVersion, sizeBytes: bytes.byteLength, statements: identified });
  }

  /** Keeps the file's statements without their lines, unseen. @returns those that were not known before. */
  async announce(
    tx: Tx,
    by: { readonly operationId: string; readonly sha256: string; readonly requestedBy: string },
    file: ReadFile,
  ): Promise<Result<readonly string[], StatementError>> {
    const { messageId, messageVersion, sizeBytes } = file;
    const { sha256, requestedBy: importedBy, operationId } = by;
    const importedAt = this.#clock.now();
    await this.#statements.addFile(tx, {
      ...{ fileId: newId('bsf'), sha256, messageId, messageVersion, sizeBytes, importedBy, importedAt },
    });
    const arriving: string[] = [];
    for (const { statementId, checked } of file.statements) {
      const bounded = await this.#bounded(tx, checked);
      if (!bounded.ok) return bounded;
      const fresh = await this.#book.announce(tx, { fileSha256: sha256, operationId }, checked);
      if (!fresh.ok) return fresh;
      if (fresh.value) arriving.push(statementId);
    }
    return ok(arriving);
  }

  /** Stores and books a part of a statement's lines. @returns how many of them move no money and are never matched. */
  store(
    tx: Tx,
    checked: CheckedStatement,
    part: { readonly from: number; readonly until: number },
  ): Promise<Result<{ readonly ignored: number }, DomainError>> {
    return this.#book.recordPart(tx, checked, part);
  }

  /** Divides a statement's lines that nobody has looked at yet into bundles that are matched one after the other. */
  async bundles(tx: Tx, statementId: string, size: number): Promise<readonly (readonly string[])[]> {
    return bundlesOf(await this.#naming(tx, await this.#statements.openTexts(tx, statementId)), size);
  }

  /** Matches a bundle. @returns how many lines were looked at. */
  async match(tx: Tx, statementId: string, lineIds: readonly string[]): Promise<Result<number, DomainError>> {
    const lines = await this.#book.openLines(tx, statementId, lineIds);
    const matched = await this.#match.execute(tx, lines);
    return matched.ok ? ok(lines.length) : matched;
  }

  /** From now on everybody sees what the operation brought. */
  complete(tx: Tx, operationId: string): Promise<void> {
    return this.#statements.complete(tx, operationId);
  }

  async #bounded(tx: Tx, { lines, statement }: CheckedStatement): Promise<Result<void, StatementError>> {
    if (lines.length <= MAX_TOGETHER) return ok(undefined);
    const texts = lines.map(({ lineNo, endToEndId, remittance }) => ({
      ...{ lineId: String(lineNo), endToEndId, remittance },
    }));
    const naming = (await this.#naming(tx, texts)).filter(({ itemIds }) => itemIds.length > 0);
    const most = largestOf(bundlesOf(naming, 1));
    if (most <= MAX_TOGETHER) return ok(undefined);
    const detail = `In statement "${statement.reference}" ${most} payments name the same documents, directly or through others; at most ${MAX_TOGETHER} can be told apart together.`;
    return err(statementErrors.STATEMENT_TOO_LARGE(detail));
  }

  async #naming(tx: Tx, texts: readonly LineText[]): Promise<readonly NamingLine[]> {
    const references = texts.map((line) => [
      ...new Set([...referencesIn(line.endToEndId ?? ''), ...referencesIn(line.remittance)]),
    ]);
    const items = await this.#statements.itemsNamed(tx, [...new Set(references.flat())]);
    return texts.map(({ lineId }, at) => ({
      lineId,
      itemIds: [...new Set((references[at] ?? []).flatMap((reference) => items.get(reference) ?? []))],
    }));
  }
}
