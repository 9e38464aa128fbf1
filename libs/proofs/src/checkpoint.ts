import { err, ok, type Result } from '@hetao/kernel';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { fromBase64, toBase64 } from './bytes.js';
import { isSha256Hex } from './hash.js';
import { checkNote, formatNote, parseNote, signNote, type CheckedSignature } from './note.js';
import type { NoteKey } from './note-key.js';
import { fault, type ProofFault } from './proof-fault.js';
import type { PrivateKeyJwk } from './signature.js';

/** A log's state: how many leaves, and the root over them (C2SP tlog-checkpoint). */
export interface Checkpoint {
  /** Name of the log: its key bears the same. */
  readonly origin: string;
  readonly size: number;
  /** 64 hexadecimal digits. */
  readonly root: string;
}

/** A checkpoint whose log's signature was found good, and the witnesses who vouch for it. */
export interface OpenedCheckpoint extends Checkpoint {
  readonly witnesses: readonly CheckedSignature[];
}

const SIZE = /^(?:0|[1-9][0-9]{0,15})$/;
const HASH_BYTES = 32;

/** The text that is signed. @throws RangeError on values that cannot be a checkpoint. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  if (!Number.isSafeInteger(size) || size < 0 || !isSha256Hex(root) || /[\n\r]/.test(origin) || origin === '') {
    throw new RangeError(`Not a checkpoint: "${origin}", size ${size}, root ${root}.`);
  }
  return `${origin}\n${size}\n${toBase64(hexToBytes(root))}\n`;
}

/** Reads a checkpoint's text, passing over extension lines; nothing when it is malformed. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const [origin = '', sizeText = '', rootText = '', ...rest] = text.split('\n');
  const root = fromBase64(rootText);
  const size = SIZE.test(sizeText) ? Number(sizeText) : NaN;
  if (origin === '' || !Number.isSafeInteger(size) || root?.length !== HASH_BYTES || rest.at(-1) !== '')
    return undefined;
  return { origin, size, root: bytesToHex(root) };
}

/** A signed checkpoint as it is published. */
export async function signCheckpoint(checkpoint: Checkpoint, privateKey: PrivateKeyJwk): Promise<string> {
  return formatNote(await signNote(formatCheckpoint(checkpoint), checkpoint.origin, privateKey));
}

/** Whom somebody believes. */
export interface Trust {
  /** Keys of logs; a checkpoint counts when the log it names signed it. */
  readonly logs: readonly NoteKey[];
  readonly witnesses?: readonly NoteKey[];
  /** How many different witnesses must have signed; none by default. */
  readonly witnessesNeeded?: number;
}

/** Reads a published checkpoint and checks its signatures. */
export async function openCheckpoint(published: string, trust: Trust): Promise<Result<OpenedCheckpoint, ProofFault>> {
  const note = parseNote(published);
  const checkpoint = note && parseCheckpoint(note.text);
  if (!note || !checkpoint) return err(fault('checkpoint_malformed', 'This is not a signed checkpoint.'));
  const { origin } = checkpoint;
  const logs = trust.logs.filter(({ name }) => name === origin);
  if (logs.length === 0) return err(fault('log_unknown', `No trusted key is known for the log "${origin}".`));
  const checked = await checkNote(note, [...logs, ...(trust.witnesses ?? [])]);
  if (!checked?.some(({ key }) => logs.includes(key))) {
    return err(fault('checkpoint_forged', `The signature of "${origin}" is missing or was not made over this text.`));
  }
  const witnesses = checked.filter(({ key }) => key.kind === 'witness');
  const names = new Set(witnesses.map(({ key }) => key.name)).size;
  if (names < (trust.witnessesNeeded ?? 0)) {
    return err(fault('witness_missing', `${names} of ${trust.witnessesNeeded ?? 0} witnesses signed this checkpoint.`));
  }
  return ok({ ...checkpoint, witnesses });
}
