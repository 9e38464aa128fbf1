import { tableLines, type Row } from './table.js';

/** Where a command line lives: its streams, its environment. Tests bring their own. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Writes to standard output, and to standard error. */
  readonly write: (text: string) => void;
  readonly complain: (text: string) => void;
  /** Columns of the terminal; undefined where the output is a file or a pipe. */
  readonly columns: number | undefined;
  /** All of standard input. */
  readonly input: () => Promise<string>;
  /** Ends what waits for ever. */
  readonly signal: AbortSignal;
  /** Waits so many ms; by the clock, until the signal, when left out. */
  readonly pause?: (ms: number) => Promise<unknown>;
}

const BAR = 30;

/** Says things to a person as tables, and to programmes as JSON: what a pipe or a file reads is JSON without asking. */
export class Terminal {
  #asJson = false;

  constructor(readonly around: Surroundings) {}

  /** JSON also on a terminal. */
  set json(asked: boolean) {
    this.#asJson = asked;
  }

  get json(): boolean {
    return this.#asJson || this.around.columns === undefined;
  }

  /** A list: a row each for a person, whole objects for a programme. */
  list<T>(entries: readonly T[], row: (entry: T) => Row, none = 'Nothing found.'): void {
    if (this.json) return this.value(entries);
    if (entries.length === 0) return this.line(none);
    for (const line of tableLines(entries.map(row), this.around.columns ?? Infinity)) this.line(line);
  }

  /** One thing: its facts beneath each other, or the whole of it. */
  one<T>(entry: T, facts: (entry: T) => Row): void {
    if (this.json) return this.value(entry);
    const pairs = Object.entries(facts(entry)).map(([fact, value]) => ({ fact, value: value ?? null }));
    for (const line of tableLines(pairs, this.around.columns ?? Infinity).slice(1)) this.line(line);
  }

  /** For programmes only. */
  value(value: unknown): void {
    this.around.write(`${JSON.stringify(value, null, this.around.columns === undefined ? 0 : 2)}\n`);
  }

  line(text: string): void {
    this.around.write(`${text}\n`);
  }

  /** Words beside the result: on standard error, so that they are in nobody's way. */
  note(text: string): void {
    this.around.complain(`${text}\n`);
  }

  /** ✓ or ✗ before a line; colour where a person looks and NO_COLOR (no-color.org) does not forbid it. */
  verdict(good: boolean, text: string): void {
    const mark = good ? '✓' : '✗';
    const plain = this.around.columns === undefined || (this.around.env['NO_COLOR'] ?? '') !== '';
    this.line(plain ? `${mark} ${text}` : `\u001b[${good ? 32 : 31}m${mark}\u001b[0m ${text}`);
  }

  /** How far something is; redrawn in place for a person, silent for a programme. */
  progress(name: string, done: number, total: number): void {
    if (this.json) return;
    const filled = Math.round((done / Math.max(total, 1)) * BAR);
    const bar = '█'.repeat(filled) + '░'.repeat(BAR - filled);
    this.around.complain(`\r${name} ${bar} ${done} of ${total}${done >= total ? '\n' : ''}`);
  }
}
