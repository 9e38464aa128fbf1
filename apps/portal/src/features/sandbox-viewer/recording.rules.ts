/** Nobody waits for a person who thought: longer pauses are played as this, ms. */
const LONGEST_PAUSE_MS = 600;

/** How long to wait between two entries of a recording, in ms; none before the first. */
export function pauseBetween(before: string | undefined, at: string): number {
  if (before === undefined) return 0;
  return Math.max(0, Math.min(LONGEST_PAUSE_MS, Date.parse(at) - Date.parse(before)));
}
