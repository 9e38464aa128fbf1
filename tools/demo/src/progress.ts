import type { BannerWords } from './banner.words.js';

/** Where progress is shown: a terminal, or a file that is read later. */
export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const BAR_WIDTH = 30;
const CLEAR_TO_END = '\u001b[K';
/** A world that is made already is found so within this, and needs no bar. */
const QUIET_MS = 800;

/** One line that fills up on a terminal; a line a stage where nobody watches. Silent where there is hardly anything to do. */
export class Progress {
  #done = 0;
  #stage = '';
  #shown = '';
  readonly #startedAt: number;

  constructor(
    private readonly screen: Screen,
    private readonly words: Pick<BannerWords, 'making' | 'stages'>,
    private readonly total: number,
    private readonly nowMs: () => number = () => performance.now(),
  ) {
    this.#startedAt = nowMs();
  }

  /** What is being done from now on. */
  stage(name: keyof BannerWords['stages']): void {
    this.#stage = this.words.stages[name];
    this.#show();
  }

  /** So many steps more are done. */
  advance(steps = 1): void {
    this.#done = Math.min(this.#done + steps, this.total);
    this.#show();
  }

  /** Takes the line away: what follows begins at the margin. */
  end(): void {
    if (this.screen.isTTY && this.#shown !== '') this.screen.write(`\r${CLEAR_TO_END}`);
    this.#shown = '';
  }

  #show(): void {
    if (this.nowMs() - this.#startedAt < QUIET_MS) return;
    const line = this.screen.isTTY ? this.#bar() : `  ${this.words.making}: ${this.#stage}`;
    if (line === this.#shown) return;
    this.#shown = line;
    this.screen.write(this.screen.isTTY ? `\r${line}${CLEAR_TO_END}` : `${line}\n`);
  }

  #bar(): string {
    const share = this.#done / Math.max(this.total, 1);
    const filled = Math.floor(share * BAR_WIDTH);
    const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
    return `  ${this.words.making} ${bar} ${String(Math.floor(share * 100)).padStart(3)} %  ${this.#stage}`;
  }
}
