import type { PixelSession } from '@hetao/client';

type Status = PixelSession['status'];

const LIVE: ReadonlySet<Status> = new Set(['ready', 'active', 'idle_locked', 'throttled', 'frozen']);
const UNRECORDED: ReadonlySet<Status> = new Set(['requested', 'approved', 'denied', 'expired', 'provisioning']);

/** Whether the session runs, so that there is something to look at. */
export function isLive({ status }: Pick<PixelSession, 'status'>): boolean {
  return LIVE.has(status);
}

/** Whether anything was ever shown, and written down. */
export function isRecorded({ status, started_at: startedAt }: Pick<PixelSession, 'status' | 'started_at'>): boolean {
  return startedAt !== null && !UNRECORDED.has(status);
}

/** What can be decided about it now, by whom: the custodian's first, then the operators'. */
export function decisionsOn({ status }: Pick<PixelSession, 'status'>) {
  return {
    isAsked: status === 'requested',
    mayFreeze: status === 'active' || status === 'throttled' || status === 'idle_locked',
    mayThaw: status === 'frozen',
  };
}
