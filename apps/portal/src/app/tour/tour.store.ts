import { useSyncExternalStore } from 'react';
import { keep, kept } from '../browser-memory.js';
import { pageState } from '../page-state.js';

/** At which card somebody is; `done` once it was finished or skipped; undefined for whoever never saw it. */
export type TourStanding = number | 'done' | undefined;

const KEY = `hetao-tour:${pageState.me?.account_id ?? ''}`;
const listeners = new Set<() => void>();
let standing: TourStanding = read();

/** The tour is taken up where it was left, also after a page was loaded anew. */
function read(): TourStanding {
  const text = kept(KEY);
  if (text === undefined || text === 'done') return text;
  return Number.parseInt(text, 10) || 0;
}

function set(next: Exclude<TourStanding, undefined>): void {
  standing = next;
  keep(KEY, String(next));
  for (const listener of listeners) listener();
}

export const startTour = (): void => set(0);
export const goToCard = (card: number): void => set(card);
export const endTour = (): void => set('done');

export function useTourStanding(): TourStanding {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => standing,
  );
}
