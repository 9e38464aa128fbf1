import { hexToBytes } from '@noble/hashes/utils.js';
import { fromBase64, toBase64 } from './bytes.js';
import { noteKey, type NoteKey } from './note-key.js';
import { signBytes, verifyBytes, type PrivateKeyJwk } from './signature.js';

/** One line under a note. */
export interface NoteSignature {
  readonly name: string;
  /** 8 hexadecimal digits. */
  readonly keyId: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A text and those who signed it (C2SP signed-note). */
export interface Note {
  /** Ends with a line break. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** A signature that was checked. */
export interface CheckedSignature {
  readonly key: NoteKey;
  /** When a witness saw the checkpoint, seconds since 1970. */
  readonly witnessedAt?: number;
}

const MAX_NOTE_CHARS = 64 * 1024;
const MAX_SIGNATURES = 64;
const LINE = /^— ([^\s+]{1,200}) ([A-Za-z0-9+/=]{8,400})$/u;
const KEY_ID_BYTES = 4;
const TIME_BYTES = 8;
const SIGNATURE_BYTES = 64;

/** Takes a note apart; nothing when it is not one. Whether its signatures are good is {@link checkNote}'s business. */
export function parseNote(note: string): Note | undefined {
  const split = note.lastIndexOf('\n\n');
  if (note.length > MAX_NOTE_CHARS || split < 0 || !note.endsWith('\n')) return undefined;
  const text = note.slice(0, split + 1);
  const lines = note.slice(split + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES || /[^\n\P{Cc}]|\p{Cs}/u.test(text)) return undefined;
  const signatures = lines.map(parseLine);
  return signatures.every((signature) => signature !== undefined) ? { text, signatures } : undefined;
}

/** Writes a note as it is sent and stored. */
export function formatNote({ text, signatures }: Note): string {
  return `${text}\n${signatures.map(formatLine).join('')}`;
}

/** Signs a text that ends with a line break. @throws DomainException SIGNING_KEY_INVALID; RangeError. */
export async function signNote(text: string, name: string, privateKey: PrivateKeyJwk): Promise<Note> {
  if (!text.endsWith('\n') || text.includes('\n\n'))
    throw new RangeError('A note ends with a line break, and has no empty line.');
  const bytes = await signBytes(new TextEncoder().encode(text), privateKey);
  const { id } = noteKey('log', name, privateKey);
  return { text, signatures: [{ name, keyId: id, bytes: Uint8Array.from(bytes) }] };
}

/**
 * A witness's line under a checkpoint it found consistent with all it saw before (C2SP tlog-cosignature v1).
 *
 * @param seconds when, since 1970.
 */
export async function cosign(
  text: string,
  name: string,
  privateKey: PrivateKeyJwk,
  seconds: number,
): Promise<NoteSignature> {
  const signature = await signBytes(cosignedBytes(text, BigInt(seconds)), privateKey);
  const bytes = new Uint8Array(TIME_BYTES + SIGNATURE_BYTES);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(seconds));
  bytes.set(signature, TIME_BYTES);
  return { name, keyId: noteKey('witness', name, privateKey).id, bytes };
}

/**
 * Checks every signature made by one of these keys; lines of others are passed over, as the standard asks.
 *
 * @returns nothing when a line that claims one of the keys is forged: such a note is not to be believed at all.
 */
export async function checkNote(
  note: Note,
  keys: readonly NoteKey[],
): Promise<readonly CheckedSignature[] | undefined> {
  const checked: CheckedSignature[] = [];
  for (const signature of note.signatures) {
    const key = keys.find(({ name, id }) => name === signature.name && id === signature.keyId);
    if (key === undefined) continue;
    const result = await checkLine(note.text, signature.bytes, key);
    if (result === undefined) return undefined;
    // A line that stands twice counts once.
    if (!checked.some((earlier) => earlier.key === key)) checked.push(result);
  }
  return checked;
}

async function checkLine(
  text: string,
  bytes: Uint8Array<ArrayBuffer>,
  key: NoteKey,
): Promise<CheckedSignature | undefined> {
  if (key.kind === 'log') {
    const good =
      bytes.length === SIGNATURE_BYTES && (await verifyBytes(new TextEncoder().encode(text), bytes, key.publicKey));
    return good ? { key } : undefined;
  }
  if (bytes.length !== TIME_BYTES + SIGNATURE_BYTES) return undefined;
  const seconds = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0);
  const good = await verifyBytes(cosignedBytes(text, seconds), bytes.slice(TIME_BYTES), key.publicKey);
  return good ? { key, witnessedAt: Number(seconds) } : undefined;
}

function cosignedBytes(text: string, seconds: bigint): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`cosignature/v1\ntime ${seconds}\n${text}`);
}

function parseLine(line: string): NoteSignature | undefined {
  const [, name, encoded] = LINE.exec(line) ?? [];
  const bytes = encoded === undefined ? undefined : fromBase64(encoded);
  if (name === undefined || bytes === undefined || bytes.length <= KEY_ID_BYTES) return undefined;
  const keyId = Array.from(bytes.slice(0, KEY_ID_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { name, keyId, bytes: bytes.slice(KEY_ID_BYTES) };
}

function formatLine({ name, keyId, bytes }: NoteSignature): string {
  return `— ${name} ${toBase64(new Uint8Array([...hexToBytes(keyId), ...bytes]))}\n`;
}
