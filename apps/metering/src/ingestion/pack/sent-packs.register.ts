import { Injectable } from '@nestjs/common';
import type { Submission } from '../submission.types.js';
import { type EncodedPack, packId } from './pack-format.js';

/** Most bytes of packs that are remembered: beyond it a pack is read again from its bytes. */
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * The packs this process wrote and does not know to be counted. Usually it counts them itself a moment later, and what
 * was read at the door need not be read again. The bytes in the log stay the truth: only a pack that holds exactly
 * these bytes is taken for the one that was written.
 */
@Injectable()
export class SentPacks {
  readonly #packs = new Map<string, EncodedPack>();
  #bytes = 0;

  remember(pack: EncodedPack): void {
    if (this.#bytes + pack.value.length > MOST_BYTES) return;
    this.#packs.set(pack.submission.batchId, pack);
    this.#bytes += pack.value.length;
  }

  forget(batchId: string): void {
    const pack = this.#packs.get(batchId);
    if (!pack) return;
    this.#packs.delete(batchId);
    this.#bytes -= pack.value.length;
  }

  /** What was written as exactly these bytes; undefined when this process does not remember writing them. */
  find(value: Buffer): Submission | undefined {
    const id = this.#packs.size > 0 ? packId(value) : undefined;
    const pack = id === undefined ? undefined : this.#packs.get(id);
    return pack?.value.equals(value) ? pack.submission : undefined;
  }
}
