const BAR_WIDTH = 32;

/** Lines for a person on a terminal, or one JSON object a line for a program. */
export class Console {
  constructor(private readonly json: boolean) {}

  /** A step that was done, with the figures and ids worth keeping. */
  step(name: string, facts: Record<string, string | number>): void {
    if (this.json) return this.#emit({ step: name, ...facts });
    const text = Object.entries(facts).map(([key, value]) => `${key} ${value}`);
    process.stdout.write(`  ${name.padEnd(34)} ${text.join(' · ')}\n`);
  }

  heading(text: string): void {
    if (!this.json) process.stdout.write(`\n${text}\n`);
  }

  line(text: string): void {
    if (!this.json) process.stdout.write(`${text}\n`);
  }

  result(facts: Record<string, unknown>): void {
    if (this.json) this.#emit(facts);
  }

  progress(name: string, done: number, total: number): void {
    if (this.json) return this.#emit({ progress: name, done, total });
    if (!process.stdout.isTTY) {
      if (done >= total) process.stdout.write(`  ${name.padEnd(34)} ${done} of ${total}\n`);
      return;
    }
    const filled = Math.round((done / Math.max(total, 1)) * BAR_WIDTH);
    const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
    process.stdout.write(`\r  ${name.padEnd(34)} ${bar} ${done} of ${total}${done >= total ? '\n' : ''}`);
  }

  #emit(facts: Record<string, unknown>): void {
    process.stdout.write(`${JSON.stringify(facts)}\n`);
  }
}
