import type { ErrorItem } from '@hetao/kernel';
import type { Finding } from '@hetao/rules';

/** A procedure beside the pathway, with its own authority: all must be cleared before anything is released. */
export interface Track {
  readonly id: string;
  /** The flag that opened it. */
  readonly flag: string;
  readonly state: 'open' | 'cleared' | 'refused';
  /** Number or title of the authority's paper. */
  readonly reference: string | null;
  readonly evidenceSha256: string | null;
  readonly decidedBy: string | null;
}

/** The tracks a finding opens. What was decided about a track stays, as long as the finding still opens it. */
export function tracksOf({ flags }: Finding, before: readonly Track[]): readonly Track[] {
  return flags.flatMap(({ id: flag, track: id, state }) => {
    if (id === null || state !== 'true') return [];
    const known = before.find((track) => track.id === id);
    return [known ?? { id, flag, state: 'open', reference: null, evidenceSha256: null, decidedBy: null }];
  });
}

/** Why tracks keep a release back: open or refused ones, and duties of which nobody knows yet whether they apply. */
export function trackFaults({ flags }: Finding, tracks: readonly Track[]): readonly ErrorItem[] {
  const unknown = flags.filter(({ track, state }) => track !== null && state === 'unknown');
  return [
    ...tracks
      .filter(({ state }) => state !== 'cleared')
      .map(({ id, state }) => ({
        pointer: `/tracks/${id}`,
        code: 'TRACK_NOT_CLEARED',
        detail: `Track ${id} is ${state}.`,
      })),
    ...unknown.map(({ id }) => ({
      pointer: '/facts',
      code: 'FLAG_UNKNOWN',
      detail: `Whether ${id} applies is not known; unknown is not no.`,
    })),
  ];
}
