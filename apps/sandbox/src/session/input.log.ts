import { createHmac, type Hmac } from 'node:crypto';
import type { ViewerInput } from '../pixel/pixel-source.js';

/** What went in during a stretch: how much of what, and a digest by which a known input can be found again. */
export interface InputSummary {
  readonly event: 'input';
  readonly keys: number;
  readonly texts: number;
  readonly characters: number;
  readonly pointers: number;
  readonly digest: string;
}

/**
 * Counts input for the recording. What somebody writes is not kept: a digest under the recording's key shows later whether
 * it was this text, and tells nobody what it was.
 */
export class InputLog {
  readonly #key: Buffer;
  #digest: Hmac;
  #counts = { keys: 0, texts: 0, characters: 0, pointers: 0 };

  constructor(key: Buffer) {
    this.#key = key;
    this.#digest = createHmac('sha256', key);
  }

  add(input: ViewerInput): void {
    this.#digest.update(JSON.stringify(input));
    if (input.kind === 'key') this.#counts.keys += 1;
    else if (input.kind === 'pointer') this.#counts.pointers += 1;
    else {
      this.#counts.texts += 1;
      this.#counts.characters += [...input.text].length;
    }
  }

  /** What came in since the last time; undefined when nothing did. */
  take(): InputSummary | undefined {
    const counts = this.#counts;
    if (counts.keys + counts.texts + counts.pointers === 0) return undefined;
    const digest = this.#digest.digest('hex');
    this.#counts = { keys: 0, texts: 0, characters: 0, pointers: 0 };
    this.#digest = createHmac('sha256', this.#key);
    return { event: 'input', ...counts, digest };
  }
}
