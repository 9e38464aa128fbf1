import {
  ledgerProofFault,
  lookAtLog,
  openCheckpoint,
  parseNoteKey,
  type LedgerProof,
  type NoteKey,
} from '@hetao/proofs';
import { ExchangeApi, until } from './api.js';
import { DEMO_OPERATOR_KEY } from './demo-keys.js';

/** One thing that was looked at after the worst. */
export interface Check {
  readonly what: string;
  readonly holds: boolean;
  readonly detail: string;
}

/** What an outsider keeps of the log and the ledger, to hold against whatever is shown to him later. */
export interface Kept {
  readonly key: NoteKey;
  readonly checkpoint: string;
  readonly ledger: { readonly segments: number; readonly root: string | null; readonly sequence: number };
}

const operatorAt = (baseUrl: string) => new ExchangeApi({ baseUrl, apiKey: DEMO_OPERATOR_KEY });

/** Writes down what the outside saw: the signed checkpoint of the log and the head of the ledger's chain. */
export async function keepSight(url: string): Promise<Kept> {
  const keys = await operatorAt(url).get<{ log_key: string }>('/v1/attestation-log/keys');
  const key = parseNoteKey(keys.log_key);
  if (key === undefined) throw new Error('The log shows no key.');
  const ledger = await operatorAt(url).get<Kept['ledger']>('/v1/ledger/chain');
  return { key, checkpoint: await checkpointAt(url), ledger };
}

/** Writes it down again once the log has grown: payouts and the close of the month get their leaves a moment later. */
export async function keepGrownSight(url: string, before: Kept): Promise<Kept> {
  const { size } = await opened(before);
  return until('A checkpoint above the named moment', async () => {
    const kept = await keepSight(url);
    return (await opened(kept)).size > size ? kept : undefined;
  });
}

/**
 * Debits equal credits in every currency; every row of the chain is proven under the head shown now.
 *
 * @param after leaves out the rows up to this sequence, where they were proven before
 */
export async function ledgerHolds(url: string, kept: Kept, after = 0): Promise<Check[]> {
  const operator = operatorAt(url);
  const { totals } = await operator.get<{
    totals: { currency: string; debit: { amount: string }; balanced: boolean }[];
  }>('/v1/ledger/trial-balance');
  const { head, rows, faults } = await until('A chain that stands still', () => provenRows(operator, after));
  return [
    {
      what: 'ledger balanced',
      holds: totals.length > 0 && totals.every(({ balanced }) => balanced),
      detail: totals.map(({ currency, debit }) => `${currency} ${debit.amount} on each side`).join(', '),
    },
    {
      what: "ledger's chain proven",
      holds: faults.length === 0 && head.segments >= kept.ledger.segments,
      detail: faults.length === 0 ? `${rows} transactions, ${head.segments} segments` : faults.join('; '),
    },
  ];
}

/**
 * Proves every row under the head as it is now.
 *
 * @returns undefined where the chain grew meanwhile: proofs after that lead to its new head, as they should
 */
async function provenRows(operator: ExchangeApi, after: number) {
  const head = await operator.get<Kept['ledger']>('/v1/ledger/chain');
  const trusted = head.root === null ? undefined : { segments: head.segments, root: head.root };
  const rows = await operator.list<{ row: { transaction_id: string } }>(`/v1/ledger/chain/rows?after=${after}`);
  const faults: string[] = [];
  for (const { row } of rows) {
    const proof = await operator.get<LedgerProof>(`/v1/ledger/transactions/${row.transaction_id}/proof`);
    const fault = ledgerProofFault(proof, trusted);
    if (fault !== undefined) faults.push(`${row.transaction_id}: ${fault}`);
  }
  const { segments } = await operator.get<Kept['ledger']>('/v1/ledger/chain');
  // Grown, not merely another: a head that changed its root at the same size is a fault, and stays one.
  return segments > head.segments ? undefined : { head, rows: rows.length, faults };
}

/** Who kept the log's checkpoint of the named moment finds it inside the log that came back. */
export async function logHolds(url: string, kept: Kept): Promise<Check> {
  const sighting = await sightingOf(url, kept);
  return {
    what: 'log continues the one seen at the moment',
    holds: sighting.state !== 'alarm',
    detail:
      sighting.state === 'alarm'
        ? `${sighting.alarm}: ${sighting.detail}`
        : `${sighting.state}, ${sighting.checkpoint.size} leaves`,
  };
}

/** Who saw the log later than the moment gets an alarm: going back in time can't be hidden, and must not be. */
export async function laterSightAlarms(url: string, later: Kept): Promise<Check> {
  const what = 'a witness of later checkpoints is alarmed';
  const sighting = await sightingOf(url, later);
  const detail = sighting.state === 'alarm' ? `${sighting.alarm}: ${sighting.detail}` : `no alarm: ${sighting.state}`;
  return { what, holds: sighting.state === 'alarm', detail };
}

/** received = accepted + duplicates + conflicts + rejected, and accepted = stored. */
export async function usageComplete(url: string, now = new Date()): Promise<Check> {
  const period = now.toISOString().slice(0, 7);
  const answer = await operatorAt(url).get<{ balanced: boolean; received: number; accepted: number; stored: number }>(
    `/v1/usage/completeness?period=${period}`,
  );
  const { balanced, received, accepted, stored } = answer;
  return {
    what: 'completeness of usage',
    holds: balanced && received > 0,
    detail: `received ${received}, accepted ${accepted}, stored ${stored}`,
  };
}

async function sightingOf(url: string, kept: Kept) {
  return lookAtLog({
    trust: { logs: [kept.key] },
    seen: await opened(kept),
    published: await checkpointAt(url),
    proof: async (from, to) => {
      const { path } = await operatorAt(url).get<{ path: readonly string[] }>(
        `/v1/attestation-log/consistency?from=${from}&to=${to}`,
      );
      return path;
    },
  });
}

async function opened({ checkpoint, key }: Kept) {
  const note = await openCheckpoint(checkpoint, { logs: [key] });
  if (!note.ok) throw new Error(note.error.detail);
  return note.value;
}

async function checkpointAt(url: string): Promise<string> {
  const answer = await fetch(new URL('/v1/attestation-log/checkpoint', url), { signal: AbortSignal.timeout(10_000) });
  if (!answer.ok) throw new Error(`The log's checkpoint was answered ${answer.status}.`);
  return answer.text();
}
