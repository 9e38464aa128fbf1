import type { Model } from '@hetao/client';
import type { Persona } from '../../app/page-state.js';

/** What this reader can do with a model now; the exchange judges again. */
export function movesOnModel({ state }: Pick<Model, 'state'>, personas: readonly Persona[]) {
  const isBuyers = personas.includes('buyer');
  const isReviewer = personas.includes('merchant') || personas.includes('operator');
  return {
    submit: isBuyers && state === 'assessed',
    review: isReviewer && state === 'in_review',
    download: isBuyers && state === 'exported',
    ask: isBuyers && (state === 'exported' || state === 'served_only'),
  };
}

/** What a card says that people look at first; null where it says nothing. */
export interface CardFacts {
  readonly accuracy: number | null;
  readonly epsilon: number | null;
  readonly delta: number | null;
  readonly rounds: number | null;
  readonly membershipAuc: number | null;
  /** Whether it may be given away as a file. */
  readonly mayLeave: boolean | null;
  /** Why, in the card's own words. */
  readonly because: string | null;
}

/** Reads a card, which is written for machines. */
export function factsOf(card: Readonly<Record<string, unknown>>): CardFacts {
  const number = (of: string, name: string): number | null => {
    const value = part(card[of])[name];
    return typeof value === 'number' ? value : null;
  };
  const { allowed, because } = part(card['export']);
  return {
    accuracy: number('quality', 'accuracy'),
    epsilon: number('privacy', 'epsilon'),
    delta: number('privacy', 'delta'),
    rounds: number('privacy', 'rounds'),
    membershipAuc: number('membership_inference', 'auc'),
    mayLeave: typeof allowed === 'boolean' ? allowed : null,
    because: typeof because === 'string' ? because : null,
  };
}

/** The numbers of a line, parted by commas or spaces; null when something in it is none. */
export function numbersIn(line: string): readonly number[] | null {
  const parts = line.split(/[\s,;，、]+/).filter((word) => word !== '');
  const numbers = parts.map(Number);
  return parts.length > 0 && numbers.every(Number.isFinite) ? numbers : null;
}

function part(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
