import { exchangeServices, type ExchangeService } from '@hetao/testing';
import type { Random } from '../random.js';

/** What is done to the platform; times in ms. */
export type Harm =
  | { readonly kind: 'kill' | 'freeze'; readonly service: ExchangeService; readonly forMs: number }
  | { readonly kind: 'crash-database' }
  | { readonly kind: 'fill-disk'; readonly forMs: number }
  | { readonly kind: 'jump-clock'; readonly service: ExchangeService; readonly byMs: number; readonly forMs: number }
  | { readonly kind: 'kill-broker'; readonly forMs: number }
  | { readonly kind: 'reset'; readonly line: Line }
  | { readonly kind: 'slow'; readonly line: Line; readonly delayMs: number; readonly forMs: number };

/** A connection through a proxy of ours: of one service to its database, or of everybody to the broker. */
export type Line = ExchangeService | 'broker';

/** A harm and its moment: so many answered steps into the trades of a run, and a little later. */
export interface Strike {
  readonly afterSteps: number;
  readonly laterMs: number;
  readonly harm: Harm;
  /** Old events are delivered again at the same moment. */
  readonly redelivers: boolean;
}

/** In a hundred. */
const SHARES = {
  ...{ kill: 32, freeze: 16, reset: 16, slow: 14, 'jump-clock': 6 },
  ...{ 'crash-database': 5, 'fill-disk': 5, 'kill-broker': 6 },
} as const;
/** Two services may disagree by so much and still trust each other's tokens, which are good for five seconds either way. */
const FURTHEST_JUMP_MS = 2_400;

/** The strikes of a run: the same numbers make the same plan. */
export function planOf(random: Random, { strikes, steps }: { strikes: number; steps: number }): readonly Strike[] {
  return Array.from({ length: strikes }, () => ({
    afterSteps: random.between(0, steps - 1),
    laterMs: random.between(0, 200),
    harm: harmOf(random),
    redelivers: random.percent(40),
  })).sort((one, other) => one.afterSteps - other.afterSteps);
}

function harmOf(random: Random): Harm {
  const kind = kindOf(random.between(1, 100));
  const service = random.pick(exchangeServices) ?? 'metering';
  const line: Line = random.percent(30) ? 'broker' : service;
  switch (kind) {
    case 'kill':
      return { kind, service, forMs: random.between(0, 1_000) };
    case 'freeze':
      // Longer and shorter than a consumer's session: one comes back to its partitions, another finds them given away.
      return { kind, service, forMs: random.between(200, 4_000) };
    case 'reset':
      return { kind, line };
    case 'slow':
      return { kind, line, delayMs: random.between(5, 60), forMs: random.between(300, 2_500) };
    case 'kill-broker':
      return { kind, forMs: random.between(0, 1_000) };
    case 'crash-database':
      return { kind };
    case 'fill-disk':
      return { kind, forMs: random.between(100, 2_000) };
    case 'jump-clock':
      return {
        ...{ kind, service },
        ...{ byMs: random.between(-FURTHEST_JUMP_MS, FURTHEST_JUMP_MS), forMs: random.between(500, 4_000) },
      };
  }
}

function kindOf(dice: number): Harm['kind'] {
  let upTo = 0;
  for (const [kind, share] of Object.entries(SHARES)) {
    upTo += share;
    if (dice <= upTo) return kind as Harm['kind'];
  }
  return 'kill';
}

/** A strike in one line. */
export function shown({ afterSteps, laterMs, harm, redelivers }: Strike): string {
  return `${String(afterSteps).padStart(3)} steps + ${String(laterMs).padStart(3)} ms  ${harmText(harm)}${redelivers ? ', old events again' : ''}`;
}

function harmText(harm: Harm): string {
  switch (harm.kind) {
    case 'kill':
      return `kill ${harm.service}, back after ${harm.forMs} ms`;
    case 'freeze':
      return `freeze ${harm.service} for ${harm.forMs} ms`;
    case 'reset':
      return `reset every connection of ${lineText(harm.line)}`;
    case 'slow':
      return `${harm.delayMs} ms on every piece of data of ${lineText(harm.line)} for ${harm.forMs} ms`;
    case 'kill-broker':
      return `kill the broker, back after ${harm.forMs} ms`;
    case 'crash-database':
      return 'crash the database';
    case 'fill-disk':
      return `no room on the database’s disk for ${harm.forMs} ms`;
    case 'jump-clock':
      return `${harm.service}’s clock ${Math.abs(harm.byMs)} ms ${harm.byMs < 0 ? 'back' : 'ahead'} for ${harm.forMs} ms`;
  }
}

const lineText = (line: Line): string => (line === 'broker' ? 'all to the broker' : `${line} to its database`);
