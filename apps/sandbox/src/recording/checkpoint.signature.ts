import { canonicalJson } from '@hetao/kernel';
import { signBytes, verifyBytes, type PrivateKeyJwk, type PublicKeyJwk } from '@hetao/proofs';

/** How far a recording had come at a moment. */
export interface Checkpoint {
  readonly session: string;
  /** Counts up by one from 1. */
  readonly number: number;
  readonly records: number;
  /** Length of the file in bytes. */
  readonly bytes: number;
  /** Of the chain after the last record, hexadecimal. */
  readonly hash: string;
  /** UTC, ISO 8601. */
  readonly at: string;
  /** Nothing comes after it. */
  readonly closed: boolean;
}

export interface SignedCheckpoint extends Checkpoint {
  /** Ed25519 over the checkpoint's canonical JSON (RFC 8785) behind its context, base64url. */
  readonly signature: string;
}

const CONTEXT = 'hetao:recording:checkpoint:1:';

export async function signCheckpoint(checkpoint: Checkpoint, key: PrivateKeyJwk): Promise<SignedCheckpoint> {
  const signature = await signBytes(message(checkpoint), key);
  return { ...checkpoint, signature: Buffer.from(signature).toString('base64url') };
}

export function isSigned({ signature, ...checkpoint }: SignedCheckpoint, key: PublicKeyJwk): Promise<boolean> {
  return verifyBytes(message(checkpoint), new Uint8Array(Buffer.from(signature, 'base64url')), key);
}

function message({ session, number, records, bytes, hash, at, closed }: Checkpoint): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(CONTEXT + canonicalJson({ session, number, records, bytes, hash, at, closed }));
}
