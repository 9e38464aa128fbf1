import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ledgerProofFault, type LedgerProof } from '@hetao/proofs';
import { z } from 'zod';

const USAGE = `Checks a proof of the ledger where you are; nothing is sent anywhere.

  verify FILE [--segments N --root HASH]
      FILE is the answer of GET /v1/ledger/transactions/{id}/proof; N and HASH are the head you kept
      (GET /v1/ledger/chain). Without them the proof is checked by itself only.
      Ends with 0 when the transaction is proven, with 1 when it is not.`;

const EXIT_REFUTED = 1;
const EXIT_USAGE = 2;

const entry = z.object({
  account_id: z.string(),
  owner: z.string(),
  kind: z.string(),
  currency: z.string(),
  leg: z.int(),
  version: z.int(),
  amount_minor: z.string().regex(/^-?[0-9]{1,30}$/),
  balance_minor: z.string(),
});
const segment = z.object({
  no: z.int(),
  first_sequence: z.int(),
  last_sequence: z.int(),
  rows_root: z.string(),
  last_row: z.string(),
  previous: z.string(),
  sealed_at: z.string(),
});
const proofFile = z.object({
  form: z.literal('hetao-ledger-1'),
  row: z.object({
    transaction_id: z.string(),
    idempotency_key: z.string(),
    payload_hash: z.string(),
    rules: z.string(),
    movement: z.string(),
    period: z.string().nullable(),
    reference: z.object({ kind: z.string(), id: z.string() }),
    effective_at: z.string(),
    recorded_at: z.string(),
    entries: z.array(entry).min(2),
  }),
  sequence: z.int(),
  previous: z.string(),
  hash: z.string(),
  row_path: z.array(z.string()),
  segment,
  segment_path: z.array(z.string()),
  head: z.object({ segments: z.int(), root: z.string() }),
}) satisfies z.ZodType<LedgerProof>;

/** Runs the command. @returns the exit code. */
export async function main(args: readonly string[], print: (line: string) => void): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { segments: { type: 'string' }, root: { type: 'string' } },
      allowPositionals: true,
    });
    const [command, file, ...more] = positionals;
    if (command !== 'verify' || file === undefined || more.length > 0) {
      print(USAGE);
      return EXIT_USAGE;
    }
    const parsed = proofFile.safeParse(JSON.parse(await readFile(file, 'utf8')));
    if (!parsed.success) {
      print(`${file} is not a proof of the ledger: ${z.prettifyError(parsed.error)}`);
      return EXIT_USAGE;
    }
    return told(parsed.data, headIn(values), print);
  } catch (error) {
    print(error instanceof Error ? error.message : String(error));
    return EXIT_USAGE;
  }
}

function headIn({ segments, root }: { readonly segments?: string; readonly root?: string }) {
  if (segments === undefined && root === undefined) return undefined;
  if (segments === undefined || root === undefined) throw new Error('--segments and --root go together.');
  return { segments: Number(segments), root };
}

function told(proof: LedgerProof, head: LedgerProof['head'] | undefined, print: (line: string) => void): number {
  const fault = ledgerProofFault(proof, head);
  if (fault !== undefined) {
    print(`Not proven: ${fault}.`);
    return EXIT_REFUTED;
  }
  const { row, sequence } = proof;
  print(
    `Proven: ${row.transaction_id} (${row.movement}, ${row.reference.kind} ${row.reference.id}) is row ${sequence}.`,
  );
  for (const { kind, owner, currency, amount_minor } of row.entries) {
    const minor = BigInt(amount_minor);
    print(
      `  ${minor > 0n ? 'debit ' : 'credit'} ${minor > 0n ? minor : -minor} ${currency} minor units, ${kind} of ${owner}`,
    );
  }
  print(
    head === undefined
      ? `Head: ${proof.head.segments} segments, root ${proof.head.root}. Compare it with one you kept.`
      : `It stands under the head you know: ${head.segments} segments, root ${head.root}.`,
  );
  return 0;
}
