import { canonicalJson, err, ok, type Result } from '@hetao/kernel';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { openCheckpoint, type OpenedCheckpoint, type Trust } from './checkpoint.js';
import type { Commitment } from './commitment.js';
import { isSha256Hex } from './hash.js';
import { leafHash, verifyInclusion } from './merkle.js';
import { fault, type ProofFault } from './proof-fault.js';
import { checkStatement, isRecord, type SignedStatement } from './statement.js';
import type { PublicKeyJwk } from './signature.js';

/** Everything by which anybody can check, without asking anybody, that an entry is in a log. */
export interface Receipt {
  readonly format: 'hetao-receipt-v1';
  /** The logged entry, to the byte: canonical JSON. */
  readonly entry: string;
  readonly leaf_index: number;
  /** From the leaf upwards, 64 hexadecimal digits each. */
  readonly path: readonly string[];
  /** Signed checkpoint; names log and size. */
  readonly checkpoint: string;
}

/** A receipt that holds. */
export interface OpenedReceipt {
  readonly entry: Readonly<Record<string, unknown>>;
  readonly leafIndex: number;
  readonly checkpoint: OpenedCheckpoint;
}

const MAX_PATH = 60;

/** The bytes under which an entry goes into a log. @throws DomainException JSON_NOT_CANONICAL. */
export function entryBytes(entry: unknown): Uint8Array {
  return utf8ToBytes(canonicalJson(entry));
}

/** Checks that the entry is in the log of a checkpoint one trusts. Anything malformed is a fault, never an exception. */
export async function openReceipt(receipt: unknown, trust: Trust): Promise<Result<OpenedReceipt, ProofFault>> {
  if (!isReceipt(receipt)) return err(fault('receipt_malformed', 'This is not a receipt of format hetao-receipt-v1.'));
  const entry = parseEntry(receipt.entry);
  if (entry === undefined) return err(fault('receipt_malformed', 'The entry is not a canonical JSON object.'));
  const checkpoint = await openCheckpoint(receipt.checkpoint, trust);
  if (!checkpoint.ok) return checkpoint;
  const { size, root } = checkpoint.value;
  const { leaf_index: index, path } = receipt;
  if (!verifyInclusion({ leafHash: leafHash(utf8ToBytes(receipt.entry)), index, size, path, root })) {
    return err(
      fault('inclusion_invalid', `The path does not lead from this entry at leaf ${index} to the signed root.`),
    );
  }
  return ok({ entry, leafIndex: index, checkpoint: checkpoint.value });
}

/** What the offline check of an attestation comes to; revocation is only known to those who ask the log. */
export type OfflineOutcome =
  'matched_valid' | 'matched_expired' | 'not_yet_valid' | 'mismatch' | 'issuer_untrusted' | 'proof_invalid';

/** The offline check's answer. */
export interface OfflineVerdict {
  readonly outcome: OfflineOutcome;
  readonly detail: string;
  readonly signed?: SignedStatement;
  readonly checkpoint?: OpenedCheckpoint;
}

/** What is known to whoever checks an attestation. */
export interface OfflineQuestion {
  readonly receipt: unknown;
  /** Recomputed from the file at hand and the salt that came with it. */
  readonly commitment: Pick<Commitment, 'commitment'>;
  readonly trust: Trust;
  /** Which keys an issuer is known to sign with; none means the issuer is not trusted. */
  readonly issuerKeys: (issuer: string) => readonly PublicKeyJwk[];
  readonly at: Date;
}

/** Checks file, statement, log and time without a network (steps 8 of reference 6.2, except the status). */
export async function verifyOffline({
  receipt,
  commitment,
  trust,
  issuerKeys,
  at,
}: OfflineQuestion): Promise<OfflineVerdict> {
  const opened = await openReceipt(receipt, trust);
  if (!opened.ok) return { outcome: 'proof_invalid', detail: opened.error.detail };
  const { checkpoint } = opened.value;
  const signed = await statementIn(opened.value.entry);
  if (!signed.ok) return { outcome: 'proof_invalid', detail: signed.error.detail, checkpoint };
  const { statement, issuer_key: key } = signed.value;
  const answer = (outcome: OfflineOutcome, detail: string): OfflineVerdict => ({
    outcome,
    detail,
    signed: signed.value,
    checkpoint,
  });
  if (!issuerKeys(statement.issuer).some(({ x }) => x === key.x)) {
    return answer('issuer_untrusted', `The key is not known to be one of ${statement.issuer}.`);
  }
  if (!isSha256Hex(commitment.commitment) || commitment.commitment !== statement.commitment) {
    return answer('mismatch', 'File and salt do not give the registered commitment.');
  }
  const now = at.toISOString();
  if (now < statement.valid_from) return answer('not_yet_valid', `Valid from ${statement.valid_from}.`);
  if (now >= statement.valid_to) return answer('matched_expired', `Valid until ${statement.valid_to}.`);
  return answer('matched_valid', 'Revocation can only be known by asking the log.');
}

/** The signed statement inside the entry of a registration. */
export function statementIn(entry: Readonly<Record<string, unknown>>): Promise<Result<SignedStatement, ProofFault>> {
  if (entry['kind'] === 'attestation-registered') return checkStatement(entry['signed']);
  return Promise.resolve(err(fault('statement_malformed', 'The entry is not the registration of an attestation.')));
}

function isReceipt(value: unknown): value is Receipt {
  if (!isRecord(value)) return false;
  const { format, entry, leaf_index: index, path, checkpoint } = value;
  return (
    format === 'hetao-receipt-v1' &&
    typeof entry === 'string' &&
    typeof checkpoint === 'string' &&
    Number.isSafeInteger(index) &&
    Array.isArray(path) &&
    path.length <= MAX_PATH &&
    path.every(isSha256Hex)
  );
}

/** Only the canonical spelling counts: two texts that mean the same must not be two entries. */
function parseEntry(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) && canonicalJson(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}
