/** Numbers that look like chance and are always the same: each in [0, 1). */
export type Chance = () => number;

/** FNV-1a over the text's UTF-16 code units, then mixed, so that neighbouring texts give unlike streams. */
function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** A stream of its own for every text (mulberry32): what one thing draws never depends on what another drew before. */
export function chanceOf(text: string): Chance {
  let state = seedOf(text);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** So many decimal digits. */
export function digitsFrom(chance: Chance, length: number): string {
  return Array.from({ length }, () => String(Math.floor(chance() * 10))).join('');
}
