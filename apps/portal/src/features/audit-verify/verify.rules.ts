import { lookAtLog, openCheckpoint, openReceipt, parseNoteKey, type NoteKey } from '@hetao/proofs';

/** What is checked, in its order; each rests on the one before. */
export const steps = ['format', 'signer', 'inclusion', 'consistency'] as const;
export type StepName = (typeof steps)[number];

/** How a step came out. What was not reached, because one before it failed, is not in the answer. */
export interface Step {
  readonly name: StepName;
  readonly holds: boolean;
  /** What was found, in the words of the proof: names, sizes, hashes. */
  readonly detail: string;
}

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
  if (published === undefined) return [{ name: 'format', holds: false, detail: 'hetao-receipt-v1' }];
  const format: Step = { name: 'format', holds: true, detail: 'hetao-receipt-v1' };
  const keys = log.keys.map(parseNoteKey).filter((key): key is NoteKey => key !== undefined);
  const trust = {
    logs: keys.filter(({ kind }) => kind === 'log'),
    witnesses: keys.filter(({ kind }) => kind === 'witness'),
  };
  const checkpoint = await openCheckpoint(published, trust);
  if (!checkpoint.ok) return [format, { name: 'signer', holds: false, detail: checkpoint.error.detail }];
  const { origin, size, root, witnesses } = checkpoint.value;
  const names = [origin, ...witnesses.map(({ key }) => key.name)].join(' · ');
  const signer: Step = { name: 'signer', holds: true, detail: names };
  const opened = await openReceipt(receipt, trust);
  if (!opened.ok) return [format, signer, { name: 'inclusion', holds: false, detail: opened.error.detail }];
  const inclusion: Step = { name: 'inclusion', holds: true, detail: `${opened.value.leafIndex} / ${size} · ${root}` };
  const sighting = await lookAtLog({ trust, seen: checkpoint.value, published: log.published, proof: log.proof });
  const consistency: Step =
    sighting.state === 'alarm'
      ? { name: 'consistency', holds: false, detail: sighting.detail }
      : { name: 'consistency', holds: true, detail: `${size} → ${sighting.checkpoint.size}` };
  return [format, signer, inclusion, consistency];
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
