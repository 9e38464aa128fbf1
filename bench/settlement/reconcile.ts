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
import { idsOf, plant, type Planted } from './plant.js';
import { spent, type Spent } from './world.js';

const LINES = 100_000;
/** Groups a transaction, as an import writes them. */
const CHUNK = 1_000;
/** Chunks share no line and no item, so they need not wait for each other. */
const WRITERS = 2;
const RULES: MatchingRules = { version: 'bench', bankFeeMinor: { CNY: 1_500n }, roundingMinor: {} };

/** What reconciling came to: how long, and whether it told the truth. */
export interface ReconcileFigures {
  readonly lines: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly read: Spent;
  readonly decide: Spent;
  readonly write: Spent;
  readonly totalMs: number;
  /** Automatic matches that are what was planted, of all automatic matches. */
  readonly precision: number;
  /** Planted matches that were found, of all planted ones. */
  readonly recall: number;
  /** Planted exceptions that were left to a person, of all of them. */
  readonly exceptionsFound: number;
}

/**
 * Reconciles 100,000 bank lines with a planted mix on the given database: reads them from PostgreSQL, decides, and writes
 * matches, members, edges and exceptions with all their constraints. Prints the figures.
 *
 * @throws Error when an automatic match is wrong or a planted exception was matched: then the figure is void.
 */
export async function benchReconcile(database: Database, uow: UnitOfWork, lines = LINES): Promise<ReconcileFigures> {
  const planted = plant('reconcile-1', lines);
  await keep(uow, planted);
  let stored: readonly MatchableLine[] = [];
  const reading = await spent(database, async () => {
    stored = await readLines(database);
  });
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
    read: reading,
    decide: deciding,
    write: writing,
    totalMs: reading.wallMs + deciding.wallMs + writing.wallMs,
    ...judge(planted, result),
  };
  print(figures);
  if (figures.precision < 1 || figures.exceptionsFound < 1) {
    throw new Error(`Reconciliation told an untruth: ${JSON.stringify(figures)}`);
  }
  return figures;
}

async function keep(uow: UnitOfWork, { lines }: Planted): Promise<void> {
  await uow.run(async (tx) => {
    await tx.execute(
      `INSERT INTO bank_statement_files (file_id, sha256, message_id, message_version, size_bytes, imported_by, imported_at)
       VALUES ('bsf_bench', 'bench', 'bench', 'bench', 1, 'bench', now())`,
    );
    await tx.execute(
      `INSERT INTO bank_statements (statement_id, file_id, account, reference, content_hash, currency, opening_minor, closing_minor,
                                    opening_date, closing_date, entries)
       VALUES ('bst_bench', 'bsf_bench', 'bench', 'bench', 'bench', 'CNY', 0, 0, '2015-06-01', '2015-06-30', 0)`,
    );
    for (let start = 0; start < lines.length; start += 10_000) {
      const rows = lines.slice(start, start + 10_000).map((line, index) => ({
        ...line,
        lineNo: start + index + 1,
        amountMinor: line.amountMinor.toString(),
      }));
      await tx.execute(
        `INSERT INTO bank_statement_lines (line_id, statement_id, line_no, entry_no, side, amount_minor, currency, status, reversal,
                                           booking_date, end_to_end_id, remittance, state)
         SELECT r."lineId", 'bst_bench', r."lineNo", r."lineNo", r.side, r."amountMinor", r.currency, 'BOOK', r.reversal,
                '2015-06-10', r."endToEndId", r.remittance, 'open'
           FROM jsonb_to_recordset($1) AS r("lineId" text, "lineNo" integer, side text, "amountMinor" bigint, currency text,
                reversal boolean, "endToEndId" text, remittance text)`,
        [JSON.stringify(rows)],
      );
    }
  });
}

async function readLines(database: Database): Promise<readonly MatchableLine[]> {
  const { rows } = await database.withClient((client) =>
    client.query<{
      line_id: string;
      side: 'credit' | 'debit';
      amount_minor: string;
      currency: string;
      reversal: boolean;
      end_to_end_id: string | null;
      remittance: string;
    }>(
      `SELECT line_id, side, amount_minor, currency, reversal, end_to_end_id, remittance
         FROM bank_statement_lines WHERE statement_id = 'bst_bench' ORDER BY line_no`,
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

function print(figures: ReconcileFigures): void {
  const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;
  const mix = Object.entries(figures.counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
  const part = (name: string, { wallMs, clientMs, serverMs }: Spent): string =>
    `  ${name.padEnd(7)} ${seconds(wallMs).padStart(9)} wall ${seconds(clientMs).padStart(9)} client CPU ${(serverMs === null ? '-' : seconds(serverMs)).padStart(9)} server CPU\n`;
  process.stdout.write(
    `Reconcile ${figures.lines} bank lines (${mix}): ${seconds(figures.totalMs)}, target 10 s\n` +
      part('read', figures.read) +
      part('decide', figures.decide) +
      part('write', figures.write) +
      `  precision ${figures.precision.toFixed(4)}, recall ${figures.recall.toFixed(4)}, planted exceptions found ${figures.exceptionsFound.toFixed(4)}\n`,
  );
  const { read, decide, write: written, ...rest } = figures;
  process.stdout.write(
    `${JSON.stringify({ figure: 'settlement.reconcile', ...rest, read, decide, write: written })}\n`,
  );
}
