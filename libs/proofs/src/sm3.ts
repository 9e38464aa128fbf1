import { HashMD } from '@noble/hashes/_md.js';
import { bytesToHex, createHasher, rotl, utf8ToBytes } from '@noble/hashes/utils.js';

/** First chaining value (GB/T 32905-2016, 4.1). */
const IV = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e] as const;
const ROUNDS = 64;
/** From this round on the functions FF and GG, and the constant, are others (4.2, 4.3). */
const SECOND_HALF = 16;
/** The round constants, already turned (4.2, 5.3.3): T is 79cc4519 for the first 16 rounds, 7a879d8a after. */
const T = Int32Array.from({ length: ROUNDS }, (_, j) => rotl(j < SECOND_HALF ? 0x79cc4519 : 0x7a879d8a, j % 32));
/** The message block, extended (5.3.2). One for all: a block is compressed without pause. */
const W = new Int32Array(ROUNDS + 4);

/** Eight words of 32 bits. */
type State = [number, number, number, number, number, number, number, number];

/**
 * SM3 (GB/T 32905-2016) on the same base as SHA-256: bytes come in pieces, so a file of any size passes through.
 * Written here because the SM3 packages at hand take whole messages only, or need WebAssembly, which a strict content
 * security policy forbids. Specs hold it against OpenSSL's.
 */
class Sm3 extends HashMD<Sm3> {
  readonly #state = Int32Array.from(IV);

  constructor() {
    super(64, 32, 8, false);
  }

  protected get(): State {
    return Array.from(this.#state, (word) => word >>> 0) as State;
  }

  protected set(...state: State): void {
    this.#state.set(state);
  }

  protected process(view: DataView, offset: number): void {
    for (let j = 0; j < 16; j += 1) W[j] = view.getInt32(offset + 4 * j, false);
    for (let j = 16; j < ROUNDS + 4; j += 1) {
      const mixed = at(W, j - 16) ^ at(W, j - 9) ^ rotl(at(W, j - 3), 15);
      W[j] = mixed ^ rotl(mixed, 15) ^ rotl(mixed, 23) ^ rotl(at(W, j - 13), 7) ^ at(W, j - 6);
    }
    compress(this.#state);
  }

  protected roundClean(): void {
    W.fill(0);
  }

  destroy(): void {
    this.destroyed = true;
    this.#state.fill(0);
    this.buffer.fill(0);
  }

  _cloneInto(to: Sm3 = new Sm3()): Sm3 {
    to.set(...this.get());
    return this._cloneIntoMeta(to);
  }
}

function at(words: Int32Array, position: number): number {
  return words[position] ?? 0;
}

/**
 * The compression function (5.3.3), into the state. Words are moved one by one and numbers kept to 32 bits at each step:
 * a browser hashes gigabytes here, and tuples cost it half its time.
 */
function compress(state: Int32Array): void {
  let [a, b, c, d] = [at(state, 0), at(state, 1), at(state, 2), at(state, 3)];
  let [e, f, g, h] = [at(state, 4), at(state, 5), at(state, 6), at(state, 7)];
  for (let j = 0; j < ROUNDS; j += 1) {
    const turned = (a << 12) | (a >>> 20);
    const sum = (turned + e + at(T, j)) | 0;
    const ss1 = (sum << 7) | (sum >>> 25);
    const ff = j < SECOND_HALF ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
    const gg = j < SECOND_HALF ? e ^ f ^ g : (e & f) | (~e & g);
    const tt1 = (ff + d + (ss1 ^ turned) + (at(W, j) ^ at(W, j + 4))) | 0;
    const tt2 = (gg + h + ss1 + at(W, j)) | 0;
    d = c;
    c = (b << 9) | (b >>> 23);
    b = a;
    a = tt1;
    h = g;
    g = (f << 19) | (f >>> 13);
    f = e;
    e = tt2 ^ ((tt2 << 9) | (tt2 >>> 23)) ^ ((tt2 << 17) | (tt2 >>> 15));
  }
  const worked = [a, b, c, d, e, f, g, h];
  for (let i = 0; i < 8; i += 1) state[i] = at(state, i) ^ (worked[i] ?? 0);
}

/** SM3 as a function of bytes, and with `.create()` as a stream. */
export const sm3 = createHasher(() => new Sm3());

/** SM3 (GB/T 32905-2016) of bytes, or of a text's UTF-8, as 64 lower-case hexadecimal digits. */
export function sm3Hex(input: Uint8Array | string): string {
  return bytesToHex(sm3(typeof input === 'string' ? utf8ToBytes(input) : input));
}
