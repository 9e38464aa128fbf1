import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import type { BankStatement, LineSide, StatementLine } from './statement.js';

/** A file as it was received. */
export interface ReceivedFile {
  readonly fileId: string;
  readonly sha256: string;
  readonly messageId: string;
  readonly messageVersion: string;
  readonly sizeBytes: number;
  readonly importedBy: string;
  readonly importedAt: Date;
}

/** A statement to be kept, with its identity and the hash of everything it says. */
export interface KeptStatement {
  readonly statementId: string;
  readonly contentHash: string;
  readonly statement: BankStatement;
  readonly lines: readonly KeptLine[];
}

/** A line with its identity. `ignored` lines move no money: announcements and zeros. */
export interface KeptLine extends StatementLine {
  readonly lineId: string;
  readonly state: 'open' | 'ignored';
}

/** A line that waits for a person, as it was stored. */
export interface WaitingLine {
  readonly lineId: string;
  readonly side: LineSide;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly reversal: boolean;
  readonly endToEndId: string | null;
  readonly remittance: string;
  readonly bookingDate: string;
  readonly counterpartyName: string | null;
  readonly counterpartyAccount: string | null;
  readonly returnReason: string | null;
}

/** What became of keeping a statement: `arrivingBy` names the operation that still brings its lines. */
export interface AddedStatement {
  readonly contentHash: string;
  readonly fresh: boolean;
  readonly arrivingBy: string | null;
}

/** The texts of a line that may name what it pays. */
export type LineText = Pick<WaitingLine, 'lineId' | 'endToEndId' | 'remittance'>;

/** Statements as the bank sent them. */
@Injectable()
export class StatementRepository {
  /** Keeps the file unless these bytes are kept already; a file being imported at the same time is waited for. */
  async addFile(tx: Tx, file: ReceivedFile): Promise<void> {
    await tx.execute(
      `INSERT INTO bank_statement_files (file_id, sha256, message_id, message_version, size_bytes, imported_by, imported_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (sha256) DO NOTHING`,
      [file.fileId, file.sha256, file.messageId, file.messageVersion, file.sizeBytes, file.importedBy, file.importedAt],
    );
  }

  /**
   * Keeps a statement unless the account has one of this reference; its lines are added beside it.
   *
   * @param operationId the operation that brings its lines in parts; nobody sees the statement until it is complete.
   * @returns the content hash of the one that is kept, and whether it is this one.
   */
  async add(
    tx: Tx,
    fileSha256: string,
    kept: KeptStatement,
    operationId: string | null = null,
  ): Promise<AddedStatement> {
    const { statementId, contentHash, statement } = kept;
    const { account, reference, opening, closing } = statement;
    const added = await tx.execute(
      `INSERT INTO bank_statements (statement_id, file_id, account, reference, content_hash, sequence_no, currency,
                                    opening_minor, closing_minor, opening_date, closing_date, entries, kind, arriving_by)
       SELECT $2, file_id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14 FROM bank_statement_files WHERE sha256 = $1
       ON CONFLICT (account, reference) DO NOTHING`,
      [
        fileSha256,
        statementId,
        account,
        reference,
        contentHash,
        statement.sequenceNo,
        statement.currency,
        opening?.amountMinor.toString() ?? null,
        closing?.amountMinor.toString() ?? null,
        statement.from,
        statement.until,
        statement.entries.length,
        statement.kind,
        operationId,
      ],
    );
    if (added === 1) return { contentHash, fresh: true, arrivingBy: operationId };
    const [row] = await tx.query<{ content_hash: string; arriving_by: string | null }>(
      'SELECT content_hash, arriving_by FROM bank_statements WHERE account = $1 AND reference = $2',
      [account, reference],
    );
    return { contentHash: row?.content_hash ?? '', fresh: false, arrivingBy: row?.arriving_by ?? null };
  }

  /** Whether another statement of the account speaks of one of its days. Waits for imports of the same account. */
  async overlaps(tx: Tx, { statement, statementId }: KeptStatement): Promise<boolean> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.statements.' || $1, 0))`, [
      statement.account,
    ]);
    const found = await tx.query(
      `SELECT 1 FROM bank_statements WHERE account = $1 AND currency = $2 AND kind = 'statement' AND statement_id <> $3
          AND opening_date <= $5::date AND closing_date >= $4::date LIMIT 1`,
      [statement.account, statement.currency, statementId, statement.from, statement.until],
    );
    return found.length > 0;
  }

  /** Lines of a statement that nothing is known of yet; the statement is held for this transaction. */
  async waitingLines(tx: Tx, statementId: string): Promise<readonly WaitingLine[] | null> {
    const held = await tx.query<{ closing_date: string }>(
      'SELECT closing_date FROM bank_statements WHERE statement_id = $1 AND arriving_by IS NULL FOR NO KEY UPDATE',
      [statementId],
    );
    const [statement] = held;
    if (statement === undefined) return null;
    const rows = await tx.query<StoredWaitingLine>(
      `${WAITING} WHERE statement_id = $1 AND state = 'exception' ORDER BY line_no`,
      [statementId],
    );
    return rows.map((row) => toWaitingLine(row, statement.closing_date));
  }

  /** Lines that are booked and that nobody has looked at yet, of those named, held for this transaction. */
  async openLines(tx: Tx, statementId: string, lineIds: readonly string[]): Promise<readonly WaitingLine[]> {
    const rows = await tx.query<StoredWaitingLine & { readonly closing_date: string }>(
      `SELECT l.*, s.closing_date FROM bank_statements s JOIN bank_statement_lines l USING (statement_id)
        WHERE s.statement_id = $1 AND l.line_id = ANY($2) AND l.state = 'open' ORDER BY l.line_no FOR UPDATE OF l`,
      [statementId, lineIds],
    );
    return rows.map((row) => toWaitingLine(row, row.closing_date));
  }

  /** What every line that nobody has looked at says of what it pays, in the bank's order. */
  async openTexts(tx: Tx, statementId: string): Promise<readonly LineText[]> {
    const rows = await tx.query<Pick<StoredWaitingLine, 'line_id' | 'end_to_end_id' | 'remittance'>>(
      `SELECT line_id, end_to_end_id, remittance FROM bank_statement_lines
        WHERE statement_id = $1 AND state = 'open' ORDER BY line_no`,
      [statementId],
    );
    return rows.map((row) => ({ lineId: row.line_id, endToEndId: row.end_to_end_id, remittance: row.remittance }));
  }

  /** What each reference stands for, of those that stand for something: an invoice has its number and its id. */
  async itemsNamed(tx: Tx, references: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await tx.query<{ reference: string; id: string }>(
      `SELECT invoice_id AS reference, invoice_id AS id FROM invoices WHERE invoice_id = ANY($1)
       UNION ALL SELECT number, invoice_id FROM invoices WHERE number = ANY($1)
       UNION ALL SELECT payout_id, payout_id FROM payouts WHERE payout_id = ANY($1)
       UNION ALL SELECT refund_id, refund_id FROM bank_refunds WHERE refund_id = ANY($1)`,
      [references],
    );
    return new Map(rows.map(({ reference, id }) => [reference, id]));
  }

  /** From now on everybody sees the statements that the operation brought. */
  async complete(tx: Tx, operationId: string): Promise<void> {
    await tx.execute('UPDATE bank_statements SET arriving_by = NULL WHERE arriving_by = $1', [operationId]);
  }

  async addLines(tx: Tx, statementId: string, lines: readonly KeptLine[]): Promise<void> {
    await tx.execute(
      `INSERT INTO bank_statement_lines (statement_id, line_id, line_no, entry_no, side, amount_minor, currency, status,
              reversal, booking_date, value_date, end_to_end_id, bank_reference, remittance, counterparty_name,
              counterparty_account, return_reason, state)
       SELECT $1, r.* FROM jsonb_to_recordset($2) AS r("lineId" text, "lineNo" integer, "entryNo" integer, side text,
              "amountMinor" bigint, currency text, status text, reversal boolean, "bookingDate" date, "valueDate" date,
              "endToEndId" text, "bankReference" text, remittance text, "counterpartyName" text,
              "counterpartyAccount" text, "returnReason" text, state text)`,
      [statementId, JSON.stringify(lines.map((line) => ({ ...line, amountMinor: line.amountMinor.toString() })))],
    );
  }
}

const WAITING = `
  SELECT line_id, side, amount_minor, currency, reversal, end_to_end_id, remittance, booking_date,
         counterparty_name, counterparty_account, return_reason
    FROM bank_statement_lines`;

function toWaitingLine(row: StoredWaitingLine, closingDate: string): WaitingLine {
  return {
    lineId: row.line_id,
    side: row.side,
    amountMinor: BigInt(row.amount_minor),
    currency: row.currency,
    reversal: row.reversal,
    endToEndId: row.end_to_end_id,
    remittance: row.remittance,
    bookingDate: row.booking_date ?? closingDate,
    counterpartyName: row.counterparty_name,
    counterpartyAccount: row.counterparty_account,
    returnReason: row.return_reason,
  };
}

interface StoredWaitingLine {
  readonly line_id: string;
  readonly side: LineSide;
  readonly amount_minor: string;
  readonly currency: string;
  readonly reversal: boolean;
  readonly end_to_end_id: string | null;
  readonly remittance: string;
  readonly booking_date: string | null;
  readonly counterparty_name: string | null;
  readonly counterparty_account: string | null;
  readonly return_reason: string | null;
}
