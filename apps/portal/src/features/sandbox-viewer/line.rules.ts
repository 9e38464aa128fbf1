import { closeCodes } from '@hetao/pixels';

/** How the line to a session stands. */
export type LineState = 'connecting' | 'open' | 'again' | 'lost' | 'taken' | 'ended' | 'refused';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 4_000;
const MOST_TRIES = 12;

/** What a connection that was closed means: try again, or why not. */
export function stateAfter(code: number, tries: number): LineState {
  switch (code) {
    case closeCodes.ended:
      return 'ended';
    case closeCodes.takenOver:
      return 'taken';
    case closeCodes.protocol:
    case closeCodes.flood:
      return 'refused';
    default:
      return tries < MOST_TRIES ? 'again' : 'lost';
  }
}

/** How long to wait before the next try, in ms: longer each time. */
export function pauseBefore(tries: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tries);
}

/** Measures from an input to the first picture that has heard of it. */
export class KeyToPixel {
  readonly #sent: { readonly number: number; readonly atMs: number }[] = [];

  sent(number: number, atMs: number): void {
    this.#sent.push({ number, atMs });
  }

  /** @returns ms since the oldest input that is seen now; undefined where nothing new is. */
  shown(heard: number, atMs: number): number | undefined {
    let first: number | undefined;
    while (this.#sent[0] !== undefined && this.#sent[0].number <= heard) {
      const seen = this.#sent.shift();
      first ??= seen?.atMs;
    }
    return first === undefined ? undefined : Math.round(atMs - first);
  }
}

/** A length of time as `1:02:03`, of milliseconds. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
}
