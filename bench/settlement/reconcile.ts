import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { systemClock, newId } from '@hetao/kernel';
import type { Database, UnitOfWork } from '@hetao/persistence';
import {
  edgesOf,
  MatchingRepository,
  reconcile,
  type MatchableLine,
  type MatchingRules,
  type RecordedGroup,
  type Reconciliation,
} from '@hetao/settlement/matching';
import { statements } from '@hetao/settlement/statements';
import { bankFile } from './bank-file.js';
import { idsOf, plant, type Planted } from './plant.js';
import { printReconcile, type ReconcileFigures } from './reconcile-figures.js';
import { spent, type World } from './world.js';

const LINES = 100_000;
/** Groups a transaction, as an import writes them. */
const CHUNK = 1_000;
/** Chunks share no line and no item, so they need not wait for each other. */
const WRITERS = 2;
const RULES: MatchingRules = { version: 'bench', bankFeeMinor: { CNY: 1_500n }, roundingMinor: {} };

/**
 * Brings 100,000 bank lines with a planted mix in by a camt.053 file, then reconciles them: loads them from PostgreSQL,
 * decides, and writes matches, members, edges and exceptions with all their constraints. Prints the figures.
 *
 * @throws Error when an automatic match is wrong or a planted exception was matched: then the figure is void.
 */
export async function benchReconcile(world: World, lines = LINES): Promise<ReconcileFigures> {
  const { database, uow } = world;
  const planted = plant('reconcile-1', lines);
  const file = await imported(world, planted);
  let stored: readonly MatchableLine[] = [];
  const loading = await spent(database, async () => {
    stored = await readLines(database, file.statementIds);
  });
  const told = underNewIds(planted, stored);
  const named = new Map(planted.items.flatMap((item) => [[item.name, item] as const, [item.id, item] as const]));
  let result: Reconciliation = { groups: [], exceptions: new Map(), suggestions: [] };
  const deciding = await spent(database, () => {
    result = reconcile({ lines: stored, named, pool: planted.items, rules: RULES });
    return Promise.resolve();
  });
  const writing = await spent(database, () => write(uow, result, stored));
  const figures: ReconcileFigures = {
    lines: stored.length,
    counts: planted.counts,
    fileMiB: file.sizeBytes / 1_048_576,
    heldMiB: file.heldMiB,
    readFile: file.reading,
    keep: file.keeping,
    load: loading,
    decide: deciding,
    write: writing,
    totalMs: loading.wallMs + deciding.wallMs + writing.wallMs,
    ...judge(told, result),
  };
  printReconcile(figures);
  if (figures.precision < 1 || figures.exceptionsFound < 1) {
    throw new Error(`Reconciliation told an untruth: ${JSON.stringify(figures)}`);
  }
  return figures;
}

/** The planted lines through a real bank file: written, read, checked, kept and booked, then read back from PostgreSQL. */
async function imported({ database, uow }: World, planted: Planted) {
  const { read, check, store } = statements(uow, systemClock);
  const bytes = bankFile(planted.lines);
  let file: Awaited<ReturnType<typeof read>> = { messageId: '', messageVersion: '', statements: [] };
  const before = heapHeld();
  const reading = await spent(database, async () => {
    file = await read(bytes);
  });
  const heldMiB = heldSince(before);
  const ids: string[] = [];
  const keeping = await spent(database, async () => {
    for (const checked of check(file.statements)) ids.push(await store(checked, CHUNK));
  });
  return { reading, keeping, sizeBytes: bytes.byteLength, heldMiB, statementIds: ids };
}

/** What the heap holds beyond what it held before, in MiB, once everything that nobody holds is collected. */
function heldSince(before: number): number {
  return Math.max(0, (heapHeld() - before) / 1_048_576);
}

function heapHeld(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

interface StoredLine {
  readonly line_id: string;
  readonly side: 'credit' | 'debit';
  readonly amount_minor: string;
  readonly currency: string;
  readonly reversal: boolean;
  readonly end_to_end_id: string | null;
  readonly remittance: string;
}

async function readLines(database: Database, statementIds: readonly string[]): Promise<readonly MatchableLine[]> {
  const { rows } = await database.withClient((client) =>
    client.query<StoredLine>(
      `SELECT line_id, side, amount_minor, currency, reversal, end_to_end_id, remittance
         FROM bank_statement_lines WHERE statement_id = ANY($1) ORDER BY currency, line_no`,
      [statementIds],
    ),
  );
  return rows.map((row) => ({
    lineId: row.line_id,
    side: row.side,
    amountMinor: BigInt(row.amount_minor),
    currency: row.currency,
    reversal: row.reversal,
    endToEndId: row.end_to_end_id,
    remittance: row.remittance,
  }));
}

/** What was planted, by the ids that the lines got: a file keeps their order, currency by currency. */
function underNewIds({ truth, lines, ...rest }: Planted, stored: readonly MatchableLine[]): Planted {
  const planted = [...lines].sort((a, b) => (a.currency < b.currency ? -1 : a.currency > b.currency ? 1 : 0));
  const renamed = planted.map((line, at) => {
    const twin = stored[at];
    if (twin === undefined || twin.amountMinor !== line.amountMinor || twin.remittance !== line.remittance) {
      throw new Error(`Line ${at} did not come back from its file as it was planted.`);
    }
    return [line.lineId, twin.lineId] as const;
  });
  const settles = renamed.flatMap(([was, is]) => {
    const items = truth.get(was);
    return items === undefined ? [] : [[is, items] as const];
  });
  return { ...rest, lines: stored, truth: new Map(settles) };
}

async function write(uow: UnitOfWork, result: Reconciliation, lines: readonly MatchableLine[]): Promise<void> {
  const matches = new MatchingRepository(systemClock);
  const groups = result.groups.map((group): RecordedGroup => ({
    groupId: newId('mgr'),
    pass: group.pass,
    ruleVersion: RULES.version,
    foundBy: group.foundBy,
    differenceMinor: group.differenceMinor,
    differenceKind: group.differenceKind,
    currency: 'CNY',
    matchedBy: 'bench',
    lineIds: group.lines.map(({ lineId }) => lineId),
    settled: group.items.map(({ kind, id }) => ({ kind, id })),
    edges: edgesOf(group).map(({ line, item, lineMinor }) => ({
      lineId: line.lineId,
      kind: item.kind,
      itemId: item.id,
      amountMinor: lineMinor,
      period: item.period,
    })),
  }));
  await inChunks(groups, (chunk) => uow.run((tx) => matches.addGroups(tx, chunk)));
  const byId = new Map(lines.map((line) => [line.lineId, line]));
  const left = [...result.exceptions].flatMap(([id, verdict]) => {
    const line = byId.get(id);
    return line === undefined ? [] : [[id, { line, verdict }] as const];
  });
  await inChunks(left, (chunk) => uow.run((tx) => matches.addExceptions(tx, new Map(chunk))));
}

/** Hands out chunks to the writers, each the next one when it is done with its own. */
async function inChunks<T>(all: readonly T[], work: (chunk: readonly T[]) => Promise<void>): Promise<void> {
  let next = 0;
  const writer = async (): Promise<void> => {
    while (next < all.length) {
      const start = next;
      next += CHUNK;
      await work(all.slice(start, start + CHUNK));
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
}

function judge({ truth, lines }: Planted, result: Reconciliation) {
  let right = 0;
  let matched = 0;
  for (const group of result.groups) {
    const ids = idsOf(group.items);
    for (const { lineId } of group.lines) {
      matched += 1;
      if (truth.get(lineId) === ids) right += 1;
    }
  }
  const planted = lines.filter(({ lineId }) => !truth.has(lineId));
  const found = planted.filter(({ lineId }) => result.exceptions.has(lineId));
  return {
    precision: matched === 0 ? 0 : right / matched,
    recall: right / truth.size,
    exceptionsFound: found.length / planted.length,
  };
}
