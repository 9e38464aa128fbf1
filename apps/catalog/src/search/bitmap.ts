const BITS = 32;

/** A set of small whole numbers, one bit each. It grows with what is put in. */
export class Bitmap {
  #words: Uint32Array;

  constructor(words = new Uint32Array()) {
    this.#words = words;
  }

  /** @param members numbers of 32 bits, most significant byte first. */
  static of(members: Buffer): Bitmap {
    const bitmap = new Bitmap();
    for (let at = 0; at + 4 <= members.length; at += 4) bitmap.put(members.readUInt32BE(at), true);
    return bitmap;
  }

  /** What is in all of them; nothing is in none. */
  static intersection(sets: readonly Bitmap[]): Bitmap {
    const words = sets.map((set) => set.#words).sort((one, other) => one.length - other.length);
    const both = words[0]?.slice() ?? new Uint32Array();
    for (const other of words.slice(1)) {
      for (let at = 0; at < both.length; at += 1) both[at] = (both[at] ?? 0) & (other[at] ?? 0);
    }
    return new Bitmap(both);
  }

  /** What is in any of them. */
  static union(sets: readonly Bitmap[]): Bitmap {
    const words = sets.map((set) => set.#words).sort((one, other) => other.length - one.length);
    const any = words[0]?.slice() ?? new Uint32Array();
    for (const other of words.slice(1)) {
      for (let at = 0; at < other.length; at += 1) any[at] = (any[at] ?? 0) | (other[at] ?? 0);
    }
    return new Bitmap(any);
  }

  has(member: number): boolean {
    return (((this.#words[member >>> 5] ?? 0) >>> (member & 31)) & 1) === 1;
  }

  /** Puts a number in, or takes it out. */
  put(member: number, present: boolean): void {
    const at = member >>> 5;
    if (at >= this.#words.length) {
      if (!present) return;
      this.#grow(at + 1);
    }
    const bit = 1 << (member & 31);
    const word = this.#words[at] ?? 0;
    this.#words[at] = present ? word | bit : word & ~bit;
  }

  get isEmpty(): boolean {
    return this.#words.every((word) => word === 0);
  }

  get count(): number {
    let count = 0;
    for (const word of this.#words) count += onesIn(word);
    return count;
  }

  /** How many numbers are in both. */
  countWith(other: Bitmap): number {
    const [one, two] = [this.#words, other.#words];
    const length = Math.min(one.length, two.length);
    let count = 0;
    for (let at = 0; at < length; at += 1) {
      const both = (one[at] ?? 0) & (two[at] ?? 0);
      if (both !== 0) count += onesIn(both);
    }
    return count;
  }

  get sizeInBytes(): number {
    return this.#words.byteLength;
  }

  /** Visits every member, smallest first. */
  forEach(visit: (member: number) => void): void {
    for (let at = 0; at < this.#words.length; at += 1) {
      for (let word = this.#words[at] ?? 0; word !== 0; word &= word - 1) {
        visit(at * BITS + 31 - Math.clz32(word & -word));
      }
    }
  }

  /** Visits members, largest first, for as long as a visit says so. */
  forEachDown(visit: (member: number) => boolean): void {
    for (let at = this.#words.length - 1; at >= 0; at -= 1) {
      for (let word = this.#words[at] ?? 0; word !== 0;) {
        const bit = 31 - Math.clz32(word);
        if (!visit(at * BITS + bit)) return;
        word &= ~(1 << bit);
      }
    }
  }

  #grow(length: number): void {
    const words = new Uint32Array(Math.max(length, this.#words.length * 2));
    words.set(this.#words);
    this.#words = words;
  }
}

/** Bits of a word that are set, summed in parallel: pairs, fours, bytes. */
function onesIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x5555_5555);
  const fours = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
