/** Shorter words have too many neighbours to guess which was meant. */
const SHORTEST = 4;
/** From this length on two slips are forgiven. */
const LONG = 8;
const LONGEST = 24;

/** How many slips of the keyboard a word of this length is forgiven. */
export function toleranceOf(word: string): number {
  if (word.length < SHORTEST || word.length > LONGEST) return 0;
  return word.length >= LONG ? 2 : 1;
}

/**
 * The word with up to its tolerance of letters left out, itself among them: two words within that many slips of each
 * other share at least one of these (the symmetric delete way), so that neighbours are found by equality.
 */
export function deletionsOf(word: string): readonly string[] {
  const found = new Set([word]);
  let edge = [word];
  for (let slips = 0; slips < toleranceOf(word); slips += 1) {
    edge = [...new Set(edge.flatMap(withoutOne))];
    for (const shorter of edge) found.add(shorter);
  }
  return [...found];
}

function withoutOne(word: string): string[] {
  return Array.from(word, (_letter, index) => word.slice(0, index) + word.slice(index + 1));
}

/** Slips between two words: letters added, left out, changed, or two neighbours swapped (optimal string alignment). */
export function slipsBetween(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const costs = [(last[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (same ? 0 : 1)];
      if (swapped) costs.push((before[column - 2] ?? 0) + 1);
      line.push(Math.min(...costs));
    }
    before = last;
    last = line;
  }
  return last[other.length] ?? 0;
}
