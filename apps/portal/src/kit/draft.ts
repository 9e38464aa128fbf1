/** Where drafts are kept; the browser's own store, or none. */
type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

interface Kept {
  readonly at: number;
  readonly values: unknown;
}

const PREFIX = 'hetao-draft:';
/** A draft nobody came back to is forgotten: the machine may be shared. */
const KEPT_MS = 7 * 86_400_000;

/** Whose draft, of which form, in which store. */
export interface DraftPlace {
  readonly store: Store;
  readonly account: string;
  readonly form: string;
}

const nameOf = ({ account, form }: DraftPlace) => `${PREFIX}${account}:${form}`;

/** Keeps what was typed. A store that is full or closed keeps nothing, and the form still works. */
export function keepDraft(place: DraftPlace, values: unknown, nowMs: number): void {
  try {
    place.store.setItem(nameOf(place), JSON.stringify({ at: nowMs, values } satisfies Kept));
  } catch {
    // Full, or refused in a private window.
  }
}

/** What was typed before, unless it is too old or no longer readable. */
export function readDraft(place: DraftPlace, nowMs: number): unknown {
  try {
    const text = place.store.getItem(nameOf(place));
    if (text === null) return undefined;
    const kept = JSON.parse(text) as Partial<Kept>;
    return typeof kept.at === 'number' && nowMs - kept.at < KEPT_MS ? kept.values : undefined;
  } catch {
    return undefined;
  }
}

export function forgetDraft(place: DraftPlace): void {
  try {
    place.store.removeItem(nameOf(place));
  } catch {
    // Nothing was kept there.
  }
}

/** At sign-out nothing of anybody stays behind. */
export function forgetAllDrafts(store: Store): void {
  try {
    const names = Array.from({ length: store.length }, (_, index) => store.key(index) ?? '');
    for (const name of names) if (name.startsWith(PREFIX)) store.removeItem(name);
  } catch {
    // A store that cannot be read holds nothing of ours.
  }
}
