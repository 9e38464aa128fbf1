import { deterministicId, err, isCurrency, ok, type Currency, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import type { LedgerError } from '../ledger/ledger.errors.js';
import { credit, debit, exchangeOwner, type Posting } from '../ledger/ledger.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import type { UnmatchedLine } from '../matching/matching.use-cases.js';
import { contentHashOf } from './statement.hash.js';
import { EffectiveDates } from './statement.dates.js';
import { statementErrors, type StatementError } from './statement.errors.js';
import type { BankStatement, StatementLine } from './statement.js';
import { StatementRepository, type KeptLine, type KeptStatement, type WaitingLine } from './statement.repository.js';

/** A statement whose integrity was checked, with its lines. */
export interface CheckedStatement {
  readonly statement: BankStatement;
  readonly lines: readonly StatementLine[];
}

/** Keeps statements and books their money: all of it stands in the ledger, told apart or not. */
@Injectable()
export class StatementBook {
  readonly #statements: StatementRepository;
  readonly #ledger: LedgerRepository;
  readonly #dates: EffectiveDates;

  constructor(statements: StatementRepository, ledger: LedgerRepository, dates: EffectiveDates) {
    this.#statements = statements;
    this.#ledger = ledger;
    this.#dates = dates;
  }

  /**
   * Keeps a statement once and books its lines between the bank account and the clearing accounts.
   *
   * @returns the lines to be matched; none for a statement that was kept before with the same content.
   */
  async record(
    tx: Tx,
    fileSha256: string,
    checked: CheckedStatement,
  ): Promise<Result<readonly UnmatchedLine[], StatementError | LedgerError>> {
    const kept = identified(checked);
    const added = await this.#keep(tx, fileSha256, kept, null);
    if (!added.ok) return added;
    if (!added.value) return ok([]);
    return this.#book(tx, kept, kept.lines);
  }

  /**
   * Keeps a statement whose lines come in parts ({@link record} brings them with it); nobody sees it until it is complete.
   *
   * @returns whether its lines are to come; false for a statement that was kept before with the same content.
   */
  announce(
    tx: Tx,
    { fileSha256, operationId }: { readonly fileSha256: string; readonly operationId: string },
    checked: CheckedStatement,
  ): Promise<Result<boolean, StatementError>> {
    return this.#keep(tx, fileSha256, identified(checked), operationId);
  }

  /** Keeps and books some lines of an announced statement, each once: the caller counts them in the same transaction. */
  async recordPart(
    tx: Tx,
    checked: CheckedStatement,
    part: { readonly from: number; readonly until: number },
  ): Promise<Result<{ readonly ignored: number }, LedgerError>> {
    const { statement, lines: all } = checked;
    const lines = linesIdentified({ statement, lines: all.slice(part.from, part.until) });
    const booked = await this.#book(tx, { statement, statementId: statementIdOf(statement) }, lines);
    return booked.ok ? ok({ ignored: lines.length - booked.value.length }) : booked;
  }

  /** Lines of {@link recordPart} that nobody has looked at yet, of those named. */
  async openLines(tx: Tx, statementId: string, lineIds: readonly string[]): Promise<readonly UnmatchedLine[]> {
    return this.#dated(tx, await this.#statements.openLines(tx, statementId, lineIds));
  }

  /** Lines of a statement that were exceptions until now; null when there is no such statement. */
  async waitingLines(tx: Tx, statementId: string): Promise<readonly UnmatchedLine[] | null> {
    const lines = await this.#statements.waitingLines(tx, statementId);
    if (lines === null) return null;
    return this.#dated(tx, lines);
  }

  async #dated(tx: Tx, lines: readonly WaitingLine[]): Promise<readonly UnmatchedLine[]> {
    const effectiveAt = await this.#dates.of(
      tx,
      lines.map(({ bookingDate }) => bookingDate),
    );
    return lines.map((line) => ({ ...line, effectiveAt: effectiveAt(line.bookingDate) }));
  }

  async #keep(
    tx: Tx,
    fileSha256: string,
    kept: KeptStatement,
    operationId: string | null,
  ): Promise<Result<boolean, StatementError>> {
    const { statement } = kept;
    if (statement.reference.startsWith('csv/') && (await this.#statements.overlaps(tx, kept))) {
      const detail = `Days from ${statement.from} to ${statement.until} of account ${statement.account} are covered already.`;
      return err(statementErrors.STATEMENT_OVERLAPS(detail));
    }
    const { contentHash, fresh, arrivingBy } = await this.#statements.add(tx, fileSha256, kept, operationId);
    const name = `Statement "${statement.reference}" of account ${statement.account}`;
    if (contentHash !== kept.contentHash) {
      return err(statementErrors.STATEMENT_CONFLICT(`${name} was imported before and differs.`));
    }
    // The operation itself comes here once; whoever finds another's lines on their way has to wait for them.
    if (arrivingBy !== null && arrivingBy !== operationId) {
      return err(statementErrors.STATEMENT_ARRIVING(`${name} is being imported by operation ${arrivingBy}.`));
    }
    return ok(fresh);
  }

  async #book(
    tx: Tx,
    { statementId, statement }: Pick<KeptStatement, 'statementId' | 'statement'>,
    lines: readonly KeptLine[],
  ): Promise<Result<readonly UnmatchedLine[], LedgerError>> {
    await this.#statements.addLines(tx, statementId, lines);
    const open = lines.filter(({ state }) => state === 'open');
    const dateOf = ({ bookingDate }: KeptLine): string => bookingDate ?? statement.until;
    const effectiveAt = await this.#dates.of(tx, open.map(dateOf));
    const unmatched = open.map((line) => ({ ...line, effectiveAt: effectiveAt(dateOf(line)) }));
    const posted = await this.#ledger.post(
      tx,
      unmatched.flatMap((line) => linePosting(line, statement.account)),
    );
    return posted.ok ? ok(unmatched) : posted;
  }
}

/** The identity of a statement: the bank's reference is unique per account. */
export function statementIdOf({ account, reference }: Pick<BankStatement, 'account' | 'reference'>): string {
  return deterministicId('bst', account, reference);
}

function identified(checked: CheckedStatement): KeptStatement {
  const { statement, lines } = checked;
  return {
    statementId: statementIdOf(statement),
    contentHash: contentHashOf(statement, lines),
    statement,
    lines: linesIdentified(checked),
  };
}

function linesIdentified({ statement, lines }: CheckedStatement): readonly KeptLine[] {
  return lines.map((line) => ({
    ...line,
    lineId: deterministicId('bsl', statement.account, statement.reference, String(line.lineNo)),
    state: statement.kind === 'statement' && line.status === 'BOOK' && line.amountMinor > 0n ? 'open' : 'ignored',
  }));
}

function linePosting(line: UnmatchedLine, account: string): readonly Posting[] {
  const { currency, amountMinor, lineId, effectiveAt } = line;
  if (!isCurrency(currency)) return [];
  const bank = { owner: `bank:${account}`, kind: 'bank' as const, currency };
  const moneyIn = line.side === 'credit';
  const clearing = clearingAccount(moneyIn ? 'clearing:bank_in' : 'clearing:bank_out', currency);
  return [
    {
      idempotencyKey: `bank_line:${lineId}`,
      movement: moneyIn ? 'bank_credit' : 'bank_debit',
      effectiveAt,
      // What it was for is told by matching, and may be told late.
      period: null,
      reference: { kind: 'bank_line', id: lineId },
      legs: moneyIn
        ? [debit(bank, amountMinor), credit(clearing, amountMinor)]
        : [debit(clearing, amountMinor), credit(bank, amountMinor)],
    },
  ];
}

function clearingAccount(kind: 'clearing:bank_in' | 'clearing:bank_out', currency: Currency) {
  return { owner: exchangeOwner, kind, currency };
}
