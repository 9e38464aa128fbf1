import { Inject, Injectable } from '@nestjs/common';
import { cosign, formatNote, noteKey, parseNote, type NoteKey } from '@hetao/proofs';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { AttestationConfig } from '../attestation.config.js';

/** The node across the border. */
export interface Peer {
  readonly url: string;
  readonly logKey: NoteKey;
  /** By which it signs what it saw of our log. */
  readonly witnessKey: NoteKey;
}

/** Whom this node watches, and how it vouches for what it saw. */
@Injectable()
export class NodeKeys {
  readonly #config: AttestationConfig;
  readonly witnessKey: NoteKey;
  readonly ownLogKey: NoteKey;

  constructor(@Inject(SERVICE_CONFIG) config: AttestationConfig) {
    this.#config = config;
    this.witnessKey = noteKey('witness', `${config.ATTESTATION_ORIGIN}/witness`, config.ATTESTATION_WITNESS_KEY);
    this.ownLogKey = noteKey('log', config.ATTESTATION_ORIGIN, config.ATTESTATION_LOG_KEY);
  }

  get intervalMs(): number {
    return this.#config.ATTESTATION_PEER_INTERVAL_MS;
  }

  /** Nothing unless address and both keys are set. */
  get peer(): Peer | undefined {
    const {
      ATTESTATION_PEER_URL: url,
      ATTESTATION_PEER_LOG_KEY: logKey,
      ATTESTATION_PEER_WITNESS_KEY: witnessKey,
    } = this.#config;
    if (url === undefined || logKey === undefined || witnessKey === undefined) return undefined;
    return { url, logKey, witnessKey };
  }

  /** The checkpoint with the log's own line and ours; other lines are nobody's business here. */
  async vouch(published: string, logKey: NoteKey, at: Date): Promise<string> {
    const note = parseNote(published);
    if (note === undefined) throw new Error('Only a checkpoint that was believed can be vouched for.');
    const seconds = Math.floor(at.getTime() / 1000);
    const line = await cosign(note.text, this.witnessKey.name, this.#config.ATTESTATION_WITNESS_KEY, seconds);
    const own = note.signatures.filter(({ name, keyId }) => name === logKey.name && keyId === logKey.id);
    return formatNote({ text: note.text, signatures: [...own, line] });
  }
}
