import { Decimal, err, ok, type Result } from '@hetao/kernel';
import { merkleRoot, verifyInclusion } from './merkle.js';
import { usageFault, type UsageProofFault } from './usage-fault.js';
import { inUsageOrder, type PlacedLeaf, type ProvenUsage, readProvenUsage, usageLeaf } from './usage-leaf.js';
import {
  openUsageStatement,
  type SignedUsageStatement,
  type UsageStatement,
  type UsageStatementKey,
  type UsageStatementTotal,
} from './usage-statement.js';

export const usageProofFormat = 'hetao-usage-proof-v1';

/** Shows, with nothing but the exchange's public key, that a statement counts an event. */
export interface UsageInclusionProof {
  readonly format: typeof usageProofFormat;
  readonly signed: SignedUsageStatement;
  readonly event: ProvenUsage & { readonly type: string };
  readonly leaf_index: number;
  /** From the leaf upwards, 64 hexadecimal digits each. */
  readonly path: readonly string[];
}

/** A statement that agrees with somebody's own events. */
export interface CheckedUsage {
  readonly statement: UsageStatement;
  /** Events of other agreements or other times, which the statement does not speak of. */
  readonly passedOver: number;
  /** Repetitions of an event that is counted once. */
  readonly repeated: number;
}

/** Leaves in order and sums of events, as a statement is made of them. */
export class UsageTally {
  readonly #leaves: PlacedLeaf[] = [];
  readonly #totals = new Map<string, { quantity: Decimal; events: number }>();

  /** @throws DomainException JSON_NOT_CANONICAL or DECIMAL_INVALID. */
  add(event: ProvenUsage): void {
    this.#leaves.push({ time: event.time, leaf: usageLeaf(event) });
    for (const [meter, value] of Object.entries(event.data.meters)) {
      const quantity = typeof value === 'number' ? Decimal.of(value) : Decimal.parse(value);
      const total = this.#totals.get(meter);
      this.#totals.set(meter, {
        quantity: total?.quantity.plus(quantity) ?? quantity,
        events: (total?.events ?? 0) + 1,
      });
    }
  }

  /** In the order of the tree. */
  leaves(): readonly string[] {
    return this.#leaves.sort(inUsageOrder).map(({ leaf }) => leaf);
  }

  totals(): readonly UsageStatementTotal[] {
    return [...this.#totals]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([meter, { quantity, events }]) => ({ meter, quantity: quantity.toString(), events }));
  }
}

/**
 * Recomputes a statement from one's own events: their number, their sums and the root. Nothing is asked of anybody.
 *
 * @param events CloudEvents as one sent or received them, in any order; more than the window's may be among them.
 */
export async function verifyUsage(
  signed: unknown,
  keys: readonly UsageStatementKey[],
  events: Iterable<unknown>,
): Promise<Result<CheckedUsage, UsageProofFault>> {
  const opened = await openUsageStatement(signed, keys);
  if (!opened.ok) return opened;
  const statement = opened.value;
  const tally = new UsageTally();
  const known = new Map<string, string>();
  let [passedOver, repeated] = [0, 0];
  for (const event of events) {
    const read = readProvenUsage(event);
    if (!read.ok) return read;
    const usage = read.value;
    if (!isWithin(usage, statement)) {
      passedOver += 1;
      continue;
    }
    const [key, leaf] = [JSON.stringify([usage.source, usage.id]), usageLeaf(usage)];
    const before = known.get(key);
    if (before === leaf) repeated += 1;
    else if (before !== undefined) return err(usageFault('event_conflict', `Two events ${key} say different things.`));
    else tally.add(usage);
    known.set(key, leaf);
  }
  const fault = difference(statement, tally);
  return fault ? err(fault) : ok({ statement, passedOver, repeated });
}

function isWithin({ subject, time }: ProvenUsage, statement: UsageStatement): boolean {
  // Texts of one form: their order is the order of time.
  return subject === statement.agreement_id && statement.window_start <= time && time < statement.window_end;
}

function difference(statement: UsageStatement, tally: UsageTally): UsageProofFault | undefined {
  const leaves = tally.leaves();
  if (leaves.length !== statement.events) {
    return usageFault('count_differs', `The statement counts ${statement.events} events; here are ${leaves.length}.`);
  }
  const totals = tally.totals();
  if (JSON.stringify(totals.map(textOf)) !== JSON.stringify(statement.totals.map(textOf))) {
    const shown = (list: readonly UsageStatementTotal[]) => list.map(textOf).join(', ') || 'nothing';
    return usageFault('totals_differ', `The statement says ${shown(statement.totals)}; here are ${shown(totals)}.`);
  }
  if (merkleRoot(leaves) === statement.root_hash) return undefined;
  return usageFault('root_differs', 'The events here are not those over which the statement was signed.');
}

function textOf({ meter, quantity, events }: UsageStatementTotal): string {
  return `${meter} ${quantity} in ${events} events`;
}

/** Checks one event's proof of inclusion. Anything malformed is a fault, never an exception. */
export async function verifyUsageProof(
  proof: unknown,
  keys: readonly UsageStatementKey[],
): Promise<Result<UsageStatement, UsageProofFault>> {
  if (!isProof(proof)) return err(usageFault('proof_malformed', `This is not a proof of format ${usageProofFormat}.`));
  const opened = await openUsageStatement(proof.signed, keys);
  if (!opened.ok) return opened;
  const usage = readProvenUsage(proof.event);
  if (!usage.ok) return usage;
  if (!isWithin(usage.value, opened.value)) {
    return err(usageFault('event_outside', 'The event is of another agreement or another time than the statement.'));
  }
  const { events: size, root_hash: root } = opened.value;
  const claim = { leafHash: usageLeaf(usage.value), index: proof.leaf_index, size, path: proof.path, root };
  if (verifyInclusion(claim)) return opened;
  return err(usageFault('inclusion_invalid', 'The path does not lead from this event to the signed root.'));
}

const PROOF_MEMBERS = ['format', 'signed', 'event', 'leaf_index', 'path'];
const EVENT_MEMBERS = ['id', 'source', 'subject', 'time', 'type', 'data'];
const MAX_PATH = 60;

function isProof(value: unknown): value is UsageInclusionProof {
  if (!hasExactly(value, PROOF_MEMBERS) || value['format'] !== usageProofFormat) return false;
  if (!hasExactly(value['event'], EVENT_MEMBERS)) return false;
  const path = value['path'];
  return Array.isArray(path) && path.length <= MAX_PATH && path.every((one) => typeof one === 'string');
}

function hasExactly(value: unknown, members: readonly string[]): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const names = Object.keys(value);
  return names.length === members.length && names.every((name) => members.includes(name));
}
