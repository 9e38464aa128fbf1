import type { Performed } from '../../kit/recompute/perform-again.js';
import { hashOf } from '../../kit/hash.rules.js';

/** What a sample is drawn from and by; whoever has it draws the same one. */
export interface SampleTerms {
  /** A month: `2026-10`. */
  readonly period: string;
  readonly size: number;
  readonly seed: string;
}

/** Among how many invoices a sample may be drawn here; a larger month is sampled through the API. */
export const MOST_IN_PERIOD = 2_000;
export const MOST_IN_SAMPLE = 50;

/** As it stands in the working paper: enough to draw the sample by hand. */
export const RULE = 'Ascending SHA-256 of seed, line feed, invoice id; the first of them, as many as the size says.';

/** The ids of a sample, in the order they were drawn. Nobody can choose them without choosing the seed first. */
export async function drawSample(ids: readonly string[], { size, seed }: SampleTerms): Promise<readonly string[]> {
  const ranked = await Promise.all(ids.map(async (id) => ({ id, rank: await hashOf(new Blob([`${seed}\n${id}`])) })));
  return ranked
    .sort((left, right) => (left.rank < right.rank ? -1 : 1))
    .slice(0, size)
    .map(({ id }) => id);
}

/** What came out of performing an invoice again. `not_rated`: its price hangs on credit of earlier months. */
export type Outcome = 'same' | 'differs' | 'not_rated';

export function outcomeOf({ result }: Performed): Outcome {
  if (result === undefined) return 'not_rated';
  return result.same ? 'same' : 'differs';
}

/** One invoice of the sample. */
export interface Case {
  readonly id: string;
  readonly number: string;
  readonly performed: Performed;
}

/** The working paper: terms, population and every line, as JSON that another auditor can hold against their own. */
export async function workingPaper(
  terms: SampleTerms,
  population: readonly string[],
  cases: readonly Case[],
): Promise<string> {
  const paper = {
    format: 'hetao-sample-v1',
    rule: RULE,
    ...terms,
    population: { invoices: population.length, sha256: await hashOf(new Blob([[...population].sort().join('\n')])) },
    cases: cases.map(({ id, number, performed }) => ({
      invoice_id: id,
      number,
      outcome: outcomeOf(performed),
      usage: performed.totals,
      lines: performed.result?.lines ?? [],
    })),
  };
  return JSON.stringify(paper, null, 2);
}
