import { bytesToHex } from '@noble/hashes/utils.js';
import { fromBase64, toBase64 } from './bytes.js';
import { sha256Bytes } from './hash.js';
import type { PublicKeyJwk } from './signature.js';

/** What a key signs: whole notes (C2SP signed-note, type 1) or, as a witness, checkpoints it saw (tlog-cosignature, 4). */
export type NoteKeyKind = 'log' | 'witness';

/** The public key of a log or a witness. */
export interface NoteKey {
  /** No blanks, no plus sign; by convention a host and path without a scheme. */
  readonly name: string;
  readonly kind: NoteKeyKind;
  readonly publicKey: PublicKeyJwk;
  /** 8 hexadecimal digits that tell a line's key apart from others of the same name. */
  readonly id: string;
}

const TYPE: Readonly<Record<NoteKeyKind, number>> = { log: 1, witness: 4 };
const NAME = /^[^\s+\p{Cc}]{1,200}$/u;
const KEY_BYTES = 32;

/** Names a key. @throws RangeError on a malformed name or key. */
export function noteKey(kind: NoteKeyKind, name: string, { kty, crv, x }: PublicKeyJwk): NoteKey {
  if (!NAME.test(name)) throw new RangeError(`"${name}" cannot name a key: no blanks, no "+", 1 to 200 characters.`);
  const raw = rawKey({ kty, crv, x });
  if (raw?.length !== KEY_BYTES) throw new RangeError(`The key of ${name} is not an Ed25519 public key.`);
  const hashed = new Uint8Array([...new TextEncoder().encode(`${name}\n`), TYPE[kind], ...raw]);
  return { name, kind, publicKey: { kty, crv, x }, id: bytesToHex(sha256Bytes(hashed).slice(0, 4)) };
}

/** `name+id+base64(type ‖ key)`: the one line by which a key is handed on (C2SP signed-note). */
export function formatNoteKey({ name, kind, publicKey, id }: NoteKey): string {
  return `${name}+${id}+${toBase64(new Uint8Array([TYPE[kind], ...(rawKey(publicKey) ?? [])]))}`;
}

/** Reads such a line; nothing when it is malformed or its id does not fit its key. */
export function parseNoteKey(line: string): NoteKey | undefined {
  const [name = '', id = '', encoded = '', ...rest] = line.trim().split('+');
  // Base64 may itself hold plus signs.
  const bytes = fromBase64([encoded, ...rest].join('+'));
  const kind = bytes?.[0] === TYPE.log ? 'log' : bytes?.[0] === TYPE.witness ? 'witness' : undefined;
  if (bytes === undefined || kind === undefined || bytes.length !== KEY_BYTES + 1 || !NAME.test(name)) return undefined;
  const x = toBase64(bytes.slice(1)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const key = noteKey(kind, name, { kty: 'OKP', crv: 'Ed25519', x });
  return key.id === id ? key : undefined;
}

function rawKey({ x }: PublicKeyJwk): Uint8Array | undefined {
  const text = x.replaceAll('-', '+').replaceAll('_', '/');
  return fromBase64(text.padEnd(Math.ceil(text.length / 4) * 4, '='));
}
