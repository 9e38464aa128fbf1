export const operationStates = ['queued', 'running', 'done', 'failed'] as const;
export type OperationState = (typeof operationStates)[number];

export const operationPhases = ['reading', 'checking', 'storing', 'matching'] as const;
export type OperationPhase = (typeof operationPhases)[number];

/** How far an import has come. A line is stored first and told apart later; `done` counts those that are through both. */
export interface Progress {
  readonly state: OperationState;
  readonly totalLines: number;
  readonly storedLines: number;
  readonly doneLines: number;
}

/** 0 to 100, never falling while the operation runs; 100 only when it is done. */
export function percentOf({ state, totalLines, storedLines, doneLines }: Progress): number {
  if (state === 'done') return 100;
  if (totalLines === 0) return 0;
  return Math.min(99, Math.floor((50 * (storedLines + doneLines)) / totalLines));
}

/** Lines of one statement of the file that are stored in one transaction: `from` to before `until`, counted from 0. */
export interface Part {
  readonly statement: number;
  readonly from: number;
  readonly until: number;
}

/**
 * What is still to be stored, in parts of at most `size` lines.
 *
 * @param counts lines of each statement, in the order of the file.
 * @param stored lines that are stored already, counted over all of them.
 */
export function partsLeft(counts: readonly number[], stored: number, size: number): readonly Part[] {
  const parts: Part[] = [];
  let skip = stored;
  for (const [statement, count] of counts.entries()) {
    for (let from = Math.min(skip, count); from < count; from += size) {
      parts.push({ statement, from, until: Math.min(from + size, count) });
    }
    skip = Math.max(0, skip - count);
  }
  return parts;
}

/** A line by what it names. */
export interface NamingLine {
  readonly lineId: string;
  /** Ids of the invoices, payouts and refunds it names. */
  readonly itemIds: readonly string[];
}

/**
 * Divides lines into bundles that can be matched one after the other with the outcome of all at once: lines that name the
 * same item, directly or through others, stay together, since matching decides by what a line names. Lines that name
 * nothing of ours come last, so that nothing is suggested to them that another line pays.
 *
 * @param size most lines of a bundle; what hangs together is never divided and may be more.
 */
export function bundlesOf(lines: readonly NamingLine[], size: number): readonly (readonly string[])[] {
  const naming = lines.filter(({ itemIds }) => itemIds.length > 0);
  const others = lines.filter(({ itemIds }) => itemIds.length === 0).map(({ lineId }) => [lineId]);
  return [...packed(togetherOf(naming), size), ...packed(others, size)];
}

/** The largest number of lines that hang together. */
export function largestOf(bundles: readonly (readonly string[])[]): number {
  return bundles.reduce((most, { length }) => Math.max(most, length), 0);
}

function togetherOf(lines: readonly NamingLine[]): readonly (readonly string[])[] {
  const leader = new Map<string, string>();
  const find = (id: string): string => {
    let at = id;
    for (let next = leader.get(at); next !== undefined && next !== at; next = leader.get(at)) {
      leader.set(at, leader.get(next) ?? next);
      at = next;
    }
    return at;
  };
  for (const { itemIds } of lines) {
    const [first = ''] = itemIds;
    for (const id of itemIds) leader.set(find(id), find(first));
  }
  const groups = Map.groupBy(lines, ({ itemIds }) => find(itemIds[0] ?? ''));
  return [...groups.values()].map((group) => group.map(({ lineId }) => lineId));
}

function packed(groups: readonly (readonly string[])[], size: number): readonly (readonly string[])[] {
  const bundles: string[][] = [];
  for (const group of groups) {
    const last = bundles.at(-1);
    if (last !== undefined && last.length + group.length <= size) last.push(...group);
    else bundles.push([...group]);
  }
  return bundles;
}
