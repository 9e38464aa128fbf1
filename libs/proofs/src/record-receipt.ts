import { canonicalJson, err, ok, type Result } from '@hetao/kernel';
import type { Trust } from './checkpoint.js';
import { commit, digestsOf } from './commitment.js';
import { fault, type ProofFault } from './proof-fault.js';
import { openReceipt, type OpenedReceipt } from './receipt.js';

/** What a party to a record holds: an agreement, a release, an invoice, the answer to a verification. */
export interface RecordQuestion {
  /** The document, or the data of the event; however its JSON is written. */
  readonly document: unknown;
  /** As the exchange gave it to the party. */
  readonly salt: string;
  readonly receipt: unknown;
  readonly trust: Trust;
}

/** A record that is in the log as it is at hand. */
export interface CheckedRecord extends OpenedReceipt {
  /** Type of the event, or `consent`, `verification`. */
  readonly record: string;
  /** When it was put down (ISO 8601). */
  readonly at: string;
}

/**
 * Checks without a network that the log holds this very document: its commitment with this salt, under a checkpoint one
 * trusts. Anything malformed is a fault, never an exception.
 */
export async function checkRecord(question: RecordQuestion): Promise<Result<CheckedRecord, ProofFault>> {
  const { document, salt, receipt, trust } = question;
  const opened = await openReceipt(receipt, trust);
  if (!opened.ok) return opened;
  const { kind, record, at, commitment, commitment_sm3: commitmentSm3 } = opened.value.entry;
  if (kind !== 'record-committed' || typeof record !== 'string' || typeof at !== 'string') {
    return err(fault('record_malformed', 'The entry is not the commitment of a record.'));
  }
  const made = commitmentOf(document, salt);
  if (made?.commitment !== commitment || made?.commitmentSm3 !== commitmentSm3) {
    return err(fault('record_mismatch', 'Document and salt do not give the commitment in the log.'));
  }
  return ok({ ...opened.value, record, at });
}

function commitmentOf(document: unknown, salt: string) {
  try {
    return commit(digestsOf(canonicalJson(document)), salt);
  } catch {
    return undefined;
  }
}
