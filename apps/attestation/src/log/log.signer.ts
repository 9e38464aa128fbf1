import { Inject, Injectable } from '@nestjs/common';
import { noteKey, openCheckpoint, signCheckpoint, type NoteKey, type Trust } from '@hetao/proofs';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { AttestationConfig } from '../attestation.config.js';

/** This node's log key: what it signs, and whom it believes. */
@Injectable()
export class LogSigner {
  readonly #config: AttestationConfig;
  readonly key: NoteKey;

  constructor(@Inject(SERVICE_CONFIG) config: AttestationConfig) {
    this.#config = config;
    this.key = noteKey('log', config.ATTESTATION_ORIGIN, config.ATTESTATION_LOG_KEY);
  }

  get origin(): string {
    return this.key.name;
  }

  /** Believes this log alone; witnesses are listed, never demanded. */
  get trust(): Trust {
    const witness = this.#config.ATTESTATION_PEER_WITNESS_KEY;
    return { logs: [this.key], witnesses: witness === undefined ? [] : [witness] };
  }

  sign(size: number, root: string): Promise<string> {
    return signCheckpoint({ origin: this.origin, size, root }, this.#config.ATTESTATION_LOG_KEY);
  }

  /** True when this key signed this checkpoint for this size and root. */
  async owns(note: string, size: number, root: string): Promise<boolean> {
    const opened = await openCheckpoint(note, { logs: [this.key] });
    return opened.ok && opened.value.size === size && opened.value.root === root;
  }
}
