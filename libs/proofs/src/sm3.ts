import { HashMD } from '@noble/hashes/_md.js';
import { bytesToHex, createHasher, rotl, utf8ToBytes } from '@noble/hashes/utils.js';

/** First chaining value (GB/T 32905-2016, 4.1). */
const IV = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e] as const;
const ROUNDS = 64;
/** The round constants, already turned (4.2, 5.3.3): T is 79cc4519 for the first 16 rounds, 7a879d8a after. */
const T = Uint32Array.from({ length: ROUNDS }, (_, j) => rotl(j < 16 ? 0x79cc4519 : 0x7a879d8a, j % 32));
const W = new Uint32Array(ROUNDS + 4);

type State = [number, number, number, number, number, number, number, number];

/**
 * SM3 (GB/T 32905-2016) on the same base as SHA-256: bytes come in pieces, so a file of any size passes through.
 * Written here because the SM3 packages at hand take whole messages only, or need WebAssembly, which a strict content
 * security policy forbids. Specs hold it against OpenSSL's.
 */
class Sm3 extends HashMD<Sm3> {
  #state: State = [...IV];

  constructor() {
    super(64, 32, 8, false);
  }

  protected get(): State {
    return this.#state;
  }

  protected set(...state: State): void {
    this.#state = state;
  }

  protected process(view: DataView, offset: number): void {
    for (let j = 0; j < 16; j += 1) W[j] = view.getUint32(offset + 4 * j, false);
    for (let j = 16; j < ROUNDS + 4; j += 1) {
      const mixed = w(j - 16) ^ w(j - 9) ^ rotl(w(j - 3), 15);
      W[j] = mixed ^ rotl(mixed, 15) ^ rotl(mixed, 23) ^ rotl(w(j - 13), 7) ^ w(j - 6);
    }
    this.#state = compress(this.#state);
  }

  protected roundClean(): void {
    W.fill(0);
  }

  destroy(): void {
    this.destroyed = true;
    this.#state = [0, 0, 0, 0, 0, 0, 0, 0];
    this.buffer.fill(0);
  }

  _cloneInto(to: Sm3 = new Sm3()): Sm3 {
    to.set(...this.#state);
    return this._cloneIntoMeta(to);
  }
}

function w(position: number): number {
  return W[position] ?? 0;
}

/** The compression function (5.3.3). */
function compress(before: State): State {
  let [a, b, c, d, e, f, g, h] = before;
  for (let j = 0; j < ROUNDS; j += 1) {
    const turned = rotl(a, 12);
    const ss1 = rotl((turned + e + (T[j] ?? 0)) | 0, 7);
    const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
    const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g);
    const tt1 = (ff + d + (ss1 ^ turned) + (w(j) ^ w(j + 4))) | 0;
    const tt2 = (gg + h + ss1 + w(j)) | 0;
    [d, c, b, a] = [c, rotl(b, 9), a, tt1];
    [h, g, f, e] = [g, rotl(f, 19), e, tt2 ^ rotl(tt2, 9) ^ rotl(tt2, 17)];
  }
  const [a0, b0, c0, d0, e0, f0, g0, h0] = before;
  return [a ^ a0, b ^ b0, c ^ c0, d ^ d0, e ^ e0, f ^ f0, g ^ g0, h ^ h0];
}

/** SM3 as a function of bytes, and with `.create()` as a stream. */
export const sm3 = createHasher(() => new Sm3());

/** SM3 (GB/T 32905-2016) of bytes, or of a text's UTF-8, as 64 lower-case hexadecimal digits. */
export function sm3Hex(input: Uint8Array | string): string {
  return bytesToHex(sm3(typeof input === 'string' ? utf8ToBytes(input) : input));
}
