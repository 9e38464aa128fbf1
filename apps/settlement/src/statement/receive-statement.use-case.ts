import { ok, type Result } from '@hetao/kernel';
import { Injectable } from '@nestjs/common';
import type { InvoiceError } from '../invoice/invoice.errors.js';
import type { LedgerError } from '../ledger/ledger.errors.js';
import { StartImport } from '../operation/start-import.use-case.js';
import { maxStatementBytes } from '../settlement.config.js';
import type { ImportQueryDto } from './mapping.dto.js';
import { MappingStore } from './mapping.store.js';
import type { StatementError } from './statement.errors.js';
import { ImportStatement } from './statement.use-cases.js';

/** A file as a request brings it. */
export interface IncomingFile {
  readonly bytes: Uint8Array;
  readonly query: ImportQueryDto;
  readonly from: string;
  /** The sender would rather follow an operation than wait. */
  readonly later: boolean;
}

/** What came of it: the file's statements, or the operation that brings them. */
export type Received =
  | { readonly kind: 'imported'; readonly statementIds: readonly string[] }
  | { readonly kind: 'accepted'; readonly operationId: string };

/** Imports a file at once, or promises to: as the sender wishes, and always later when it is too large to wait for. */
@Injectable()
export class ReceiveStatement {
  readonly #import: ImportStatement;
  readonly #start: StartImport;
  readonly #mappings: MappingStore;

  constructor(importStatement: ImportStatement, start: StartImport, mappings: MappingStore) {
    this.#import = importStatement;
    this.#start = start;
    this.#mappings = mappings;
  }

  async execute(file: IncomingFile): Promise<Result<Received, StatementError | InvoiceError | LedgerError>> {
    const { bytes, query, from } = file;
    const hints = await this.#mappings.hints(query);
    if (!hints.ok) return hints;
    if (file.later || bytes.byteLength > maxStatementBytes) {
      const operationId = await this.#start.execute({ bytes, hints: query, requestedBy: from });
      return ok({ kind: 'accepted', operationId });
    }
    const imported = await this.#import.execute(bytes, hints.value, from);
    return imported.ok ? ok({ kind: 'imported', statementIds: imported.value }) : imported;
  }
}
