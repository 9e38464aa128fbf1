import { Inject, Injectable } from '@nestjs/common';
import { noteKey, openCheckpoint, signCheckpoint, type NoteKey, type Trust } from '@hetao/proofs';
import type { Clock } from '@hetao/kernel';
import { CLOCK, SERVICE_CONFIG } from '@hetao/runtime';
import type { AttestationConfig } from '../attestation.config.js';

/** This node's log key: what it signs, and whom it believes. */
@Injectable()
export class LogSigner {
  readonly #config: AttestationConfig;
  readonly key: NoteKey;

  readonly #clock: Clock;

  constructor(@Inject(SERVICE_CONFIG) config: AttestationConfig, @Inject(CLOCK) clock: Clock) {
    this.#config = config;
    this.#clock = clock;
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

  /** When a checkpoint that is signed now was sealed. */
  now(): Date {
    return this.#clock.now();
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
