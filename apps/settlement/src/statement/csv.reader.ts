import { DomainException } from '@hetao/kernel';
import { statementErrors } from './statement.errors.js';
import type { Pieces } from './statement.text.js';

/** A record and the line of the file it begins on, counted from 1. */
export interface CsvRecord {
  readonly cells: readonly string[];
  readonly line: number;
}

const MAX_CELLS = 200;
const MAX_CELL = 4_000;

/**
 * Reads comma-separated values as RFC 4180 says, with any one-character delimiter: quotes double, line breaks inside
 * quotes are text. Blank lines are passed over. `null` stands where a piece of the text ends.
 *
 * @throws DomainException STATEMENT_ELEMENT_INVALID with the line of a quote that does not end, STATEMENT_TOO_LARGE.
 */
export function* recordsOf(pieces: Pieces, delimiter: string): Generator<CsvRecord | null> {
  const reader = new CsvReader(delimiter);
  for (const piece of pieces) {
    for (const sign of piece) {
      const record = reader.take(sign);
      if (record !== null) yield record;
    }
    yield null;
  }
  const last = reader.end();
  if (last !== null) yield last;
}

/** As {@link recordsOf}, of a text that is there already. */
export function* readCsv(text: string, delimiter: string): Generator<CsvRecord> {
  for (const record of recordsOf([text], delimiter)) if (record !== null) yield record;
}

/** Reads sign by sign, so that a text may come in pieces that end anywhere. */
class CsvReader {
  readonly #delimiter: string;
  #cells: string[] = [];
  #cell = '';
  #line = 1;
  #begun = 1;
  #quoted = false;
  /** Within quotes a quote came: it ends them, unless another follows. */
  #quoteBefore = false;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** @returns the record that ended with this sign. */
  take(sign: string): CsvRecord | null {
    if (this.#quoted) {
      if (!this.#quoteBefore) return this.#takeQuoted(sign);
      this.#quoteBefore = false;
      if (sign === '"') return this.#add(sign);
      this.#quoted = false;
    }
    if (sign === '"' && this.#cell.trim() === '') {
      this.#cell = '';
      this.#quoted = true;
    } else if (sign === this.#delimiter) this.#endCell();
    else if (sign === '\n') return this.#endRecord();
    else if (sign !== '\r') return this.#add(sign);
    return null;
  }

  end(): CsvRecord | null {
    if (this.#quoted && !this.#quoteBefore) {
      const detail = `line ${this.#begun}: a quote does not end. The file may be truncated.`;
      throw new DomainException(statementErrors.STATEMENT_ELEMENT_INVALID(detail));
    }
    return this.#endRecord();
  }

  #takeQuoted(sign: string): null {
    if (sign === '"') {
      this.#quoteBefore = true;
      return null;
    }
    if (sign === '\n') this.#line += 1;
    return this.#add(sign);
  }

  #add(sign: string): null {
    this.#cell += sign;
    if (this.#cell.length > MAX_CELL)
      throw tooLarge(`line ${this.#begun}: a cell of more than ${MAX_CELL} characters.`);
    return null;
  }

  #endCell(): void {
    this.#cells.push(this.#cell);
    this.#cell = '';
    if (this.#cells.length > MAX_CELLS) throw tooLarge(`line ${this.#line}: more than ${MAX_CELLS} columns.`);
  }

  #endRecord(): CsvRecord | null {
    this.#endCell();
    const record = { cells: this.#cells, line: this.#begun };
    this.#cells = [];
    this.#line += 1;
    this.#begun = this.#line;
    return record.cells.some((one) => one.trim() !== '') ? record : null;
  }
}

function tooLarge(detail: string): DomainException {
  return new DomainException(statementErrors.STATEMENT_TOO_LARGE(detail));
}
