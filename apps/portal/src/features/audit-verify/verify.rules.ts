import {
  lookAtLog,
  openCheckpoint,
  openReceipt,
  parseNoteKey,
  type LogSighting,
  type NoteKey,
  type ProofFaultCode,
} from '@hetao/proofs';

/** What is checked, in its order; each rests on the one before. */
export const steps = ['format', 'signer', 'inclusion', 'consistency'] as const;
export type StepName = (typeof steps)[number];

/** How a step came out. What was not reached, because one before it failed, is not in the answer. */
export interface Step {
  readonly name: StepName;
  readonly holds: boolean;
  /** What was found, in the words of the proof: names, sizes, hashes. */
  readonly detail: string;
  /** Why it does not hold; absent where it does. */
  readonly why?: Why;
}

/** Why a step can fail: what a proof may lack, and what may be wrong with the log of today. */
export type Why = ProofFaultCode | Extract<LogSighting, { readonly state: 'alarm' }>['alarm'];

/** What a receipt is checked against: whom one trusts, and the log as it is published now. */
export interface LogNow {
  /** Keys of log and witness as lines: `name+id+base64`. */
  readonly keys: readonly string[];
  /** The checkpoint as published now. */
  readonly published: string;
  /** Asks the log for the consistency proof between two sizes. */
  readonly proof: (from: number, to: number) => Promise<readonly string[]>;
}

/** A receipt checked step by step, in this browser. Anything malformed is a step that fails, never an exception. */
export async function verifyReceipt(text: string, log: LogNow): Promise<readonly Step[]> {
  const receipt = receiptIn(text);
  const published = checkpointIn(receipt);
  if (published === undefined) {
    return [{ name: 'format', holds: false, detail: 'hetao-receipt-v1', why: 'receipt_malformed' }];
  }
  const format: Step = { name: 'format', holds: true, detail: 'hetao-receipt-v1' };
  const keys = log.keys.map(parseNoteKey).filter((key): key is NoteKey => key !== undefined);
  const trust = {
    logs: keys.filter(({ kind }) => kind === 'log'),
    witnesses: keys.filter(({ kind }) => kind === 'witness'),
  };
  const checkpoint = await openCheckpoint(published, trust);
  if (!checkpoint.ok) return [format, fails('signer', checkpoint.error)];
  const { origin, size, root, witnesses } = checkpoint.value;
  const names = [origin, ...witnesses.map(({ key }) => key.name)].join(' · ');
  const signer: Step = { name: 'signer', holds: true, detail: names };
  const opened = await openReceipt(receipt, trust);
  if (!opened.ok) return [format, signer, fails('inclusion', opened.error)];
  const inclusion: Step = { name: 'inclusion', holds: true, detail: `${opened.value.leafIndex} / ${size} · ${root}` };
  const sighting = await lookAtLog({ trust, seen: checkpoint.value, published: log.published, proof: log.proof });
  const consistency: Step =
    sighting.state === 'alarm'
      ? fails('consistency', { code: sighting.alarm, detail: sighting.detail })
      : { name: 'consistency', holds: true, detail: `${size} → ${sighting.checkpoint.size}` };
  return [format, signer, inclusion, consistency];
}

function fails(name: StepName, { code, detail }: { readonly code: Why; readonly detail: string }): Step {
  return { name, holds: false, detail, why: code };
}

/** The receipt in what was pasted: bare, or in a document that carries it beside its salt. */
function receiptIn(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && 'receipt' in value) return value.receipt;
    return value;
  } catch {
    return undefined;
  }
}

function checkpointIn(receipt: unknown): string | undefined {
  if (typeof receipt !== 'object' || receipt === null || !('checkpoint' in receipt)) return undefined;
  return typeof receipt.checkpoint === 'string' ? receipt.checkpoint : undefined;
}
