import { Decimal, err, ok, type Result } from '@hetao/kernel';
import { correctionErrors, type CorrectionError } from './correction.errors.js';

export type CorrectionKind = 'void' | 'replace' | 'batch' | 'late' | 'revert';
export type CorrectionState = 'proposed' | 'applied' | 'rejected' | 'reverted';

/** Why a closed month is counted otherwise. */
export interface AdjustmentCause {
  readonly correctionId: string;
  readonly kind: CorrectionKind;
  readonly reason: string;
  readonly revertsId: string | null;
}

/** Most events of one correction. */
export const maxCorrectionItems = 1_000;

/** One event as it is to be: not counted any more, or counted otherwise. */
export interface CorrectionItem {
  readonly action: 'void' | 'replace';
  readonly source: string;
  readonly eventId: string;
  /** Needed only where two senders use one source. */
  readonly senderId: string | null;
  /** When the event says it happened, if that was said: finds one whose id is no longer kept for deduplication. */
  readonly eventTimeMs: number | null;
  /** For a replacement; ms since 1970. */
  readonly timeMs: number | null;
  /** For a replacement: canonical JSON. */
  readonly data: string | null;
}

/** An event as it stands. */
export interface EventState {
  readonly sourceNo: number;
  readonly senderId: string;
  readonly source: string;
  readonly eventId: string;
  readonly batchNo: string;
  readonly agreementNo: number;
  /** 0 as it was received. */
  readonly revision: number;
  readonly timeMs: number;
  /** JSON text. */
  readonly data: string;
  readonly isVoid: boolean;
}

/** An item together with the event it is about. */
export interface Change {
  readonly item: CorrectionItem;
  readonly before: EventState;
}

/** What an event says, meter by meter. @param data JSON of an event that was taken, so its quantities are exact. */
export function quantitiesIn(data: string): readonly { readonly meter: string; readonly quantity: Decimal }[] {
  const { meters } = JSON.parse(data) as { readonly meters: Readonly<Record<string, string | number>> };
  return Object.entries(meters).map(([meter, value]) => ({
    meter,
    quantity: typeof value === 'number' ? Decimal.of(value) : Decimal.parse(value),
  }));
}

/** Joins items with the events they name: each to one event, each event once, nothing voided twice. */
export function joinItems(
  items: readonly CorrectionItem[],
  states: readonly (readonly EventState[])[],
): Result<readonly Change[], CorrectionError> {
  const changes: Change[] = [];
  const seen = new Set<string>();
  for (const [at, item] of items.entries()) {
    const [before, second] = states[at] ?? [];
    const name = `"${item.eventId}" of source ${item.source}`;
    const pointer = `/items/${at}`;
    if (!before) return err(correctionErrors.CORRECTION_EVENT_UNKNOWN(`There is no event ${name}.`, { pointer }));
    if (second) {
      const detail = `${name} was sent by ${before.senderId} and by ${second.senderId}.`;
      return err(correctionErrors.CORRECTION_EVENT_UNKNOWN(detail, { pointer: `${pointer}/sender_id` }));
    }
    const key = `${before.sourceNo} ${before.eventId}`;
    const fault = seen.has(key) ? 'is named twice' : faultOf(item, before);
    if (fault !== undefined) return err(correctionErrors.CORRECTION_ITEM_INVALID(`${name} ${fault}.`, { pointer }));
    seen.add(key);
    changes.push({ item, before });
  }
  return ok(changes);
}

function faultOf(item: CorrectionItem, before: EventState): string | undefined {
  if (item.action === 'void') return before.isVoid ? 'is not counted as it is' : undefined;
  if (item.data === null || item.timeMs === null) return 'has nothing to be replaced with';
  const isSame = !before.isVoid && item.timeMs === before.timeMs && item.data === before.data;
  return isSame ? 'says that already' : undefined;
}

/** Void, replace, or several of either. */
export function kindOf(items: readonly CorrectionItem[]): CorrectionKind {
  const [first, ...rest] = items;
  return first && rest.length === 0 ? first.action : 'batch';
}

/** What takes a correction back: every event as it was before. @param states before the correction, in its order. */
export function revertingItems(states: readonly EventState[]): readonly CorrectionItem[] {
  return states.map(({ source, senderId, eventId, isVoid, timeMs, data, revision }) => ({
    action: isVoid ? 'void' : 'replace',
    source,
    eventId,
    senderId,
    eventTimeMs: revision === 0 ? timeMs : null,
    timeMs: isVoid ? null : timeMs,
    data: isVoid ? null : data,
  }));
}

/** Who decides: another one than who proposed, and only what waits for a decision. */
export function mayDecide(
  correction: { readonly correctionId: string; readonly state: CorrectionState; readonly proposedBy: string },
  subject: string,
): Result<null, CorrectionError> {
  const { correctionId, state, proposedBy } = correction;
  if (state !== 'proposed') return err(correctionErrors.CORRECTION_DECIDED(`Correction ${correctionId} is ${state}.`));
  if (proposedBy !== subject) return ok(null);
  return err(correctionErrors.CORRECTION_NEEDS_OTHER_EYES(`You proposed correction ${correctionId} yourself.`));
}
