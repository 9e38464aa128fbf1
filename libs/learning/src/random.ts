/** Where randomness comes from: uniform 32-bit words. */
export interface RandomSource {
  /** A uniform integer in [0, 2³²). */
  word(): number;
}

const WORD = 0x1_0000_0000;
const DOUBLE = 0x20_0000_0000_0000;
/** What one call of getRandomValues may fill: 65 536 bytes. */
const BUFFERED_WORDS = 16_384;

/** The platform's cryptographic generator, read in blocks. Noise that protects anybody comes from here. */
export function secureRandom(): RandomSource {
  const words = new Uint32Array(BUFFERED_WORDS);
  let used = BUFFERED_WORDS;
  return {
    word() {
      if (used === BUFFERED_WORDS) {
        globalThis.crypto.getRandomValues(words);
        used = 0;
      }
      const word = words[used] ?? 0;
      // What was drawn is forgotten, so that a later look at this memory does not tell the noise.
      words[used] = 0;
      used += 1;
      return word;
    },
  };
}

/**
 * A generator that repeats itself from its seed (xoshiro128**, Blackman and Vigna 2018, seeded by splitmix32): first
 * weights, synthetic data and tests. It protects nobody.
 */
export function seededRandom(seed: number): RandomSource {
  let mixing = seed >>> 0;
  const mixed = (): number => {
    mixing = (mixing + 0x9e3779b9) >>> 0;
    let value = Math.imul(mixing ^ (mixing >>> 16), 0x85ebca6b);
    value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
    return (value ^ (value >>> 16)) >>> 0;
  };
  let [a, b, c, d] = [mixed(), mixed(), mixed(), mixed()];
  return {
    word() {
      const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = rotated(d, 11);
      return result;
    },
  };
}

/** A uniform integer in [0, bound), without bias: what does not fit a whole number of times is drawn again. @param bound 1 to 2⁵³. */
export function below(source: RandomSource, bound: number): number {
  const range = bound <= WORD ? WORD : DOUBLE;
  const limit = range - (range % bound);
  for (;;) {
    const drawn = range === WORD ? source.word() : (source.word() & 0x1fffff) * WORD + source.word();
    if (drawn < limit) return drawn % bound;
  }
}

/** A uniform number in [0, 1) with 53 random bits. */
export function unit(source: RandomSource): number {
  return ((source.word() & 0x1fffff) * WORD + source.word()) / DOUBLE;
}

/** A standard normal number (Box and Muller 1958). For data and first weights; noise for privacy is discrete and exact. */
export function normal(source: RandomSource): number {
  const radius = Math.sqrt(-2 * Math.log(1 - unit(source)));
  return radius * Math.cos(2 * Math.PI * unit(source));
}

/** The numbers 0 … count − 1 in random order (Fisher and Yates). */
export function shuffled(source: RandomSource, count: number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last -= 1) {
    const other = below(source, last + 1);
    const moved = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = moved;
  }
  return order;
}

function rotated(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
