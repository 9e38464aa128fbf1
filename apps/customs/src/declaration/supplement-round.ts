import type { ErrorItem } from '@hetao/kernel';

/** One thing an officer asked for, and what the exporter answered. */
export interface SupplementItem {
  /** `s1.2`: the second item of the first round. */
  readonly id: string;
  /** JSON Pointer to what it is about: `/form/deidentification`, `/facts/d.important`, `/documents/IMPACT_ASSESSMENT`. */
  readonly about: string;
  readonly request: string;
  readonly answer: string | null;
  readonly evidenceSha256: string | null;
  readonly answeredBy: string | null;
  readonly answeredOn: string | null;
}
/** One return of the declaration. */
export interface SupplementRound {
  readonly round: number;
  readonly reason: string;
  readonly askedBy: string;
  readonly askedOn: string;
  readonly items: readonly SupplementItem[];
}

/** Items of the last round that wait for an answer, as what keeps the declaration from being handed in again. */
export function unanswered(rounds: readonly SupplementRound[]): readonly ErrorItem[] {
  return (rounds.at(-1)?.items ?? [])
    .filter(({ answer }) => answer === null)
    .map(({ id, about, request }) => ({
      pointer: `/supplements/${id}`,
      code: 'SUPPLEMENT_UNANSWERED',
      detail: `${id} (${about}) waits for an answer: ${request}`,
    }));
}
