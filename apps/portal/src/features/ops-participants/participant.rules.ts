import type { Participant } from '@hetao/client';

/** What an operator may do with an organisation as it stands; the catalog decides in the end. */
export function admissionMoves(status: Participant['status']) {
  return {
    take: status === 'submitted',
    ask: status === 'review',
    refuse: status === 'review',
    approve: status === 'review' || status === 'registered',
    suspend: status === 'approved',
    reinstate: status === 'suspended',
  };
}

const SOON_MS = 30 * 86_400_000;

/** How a certificate stands: valid, about to end within 30 days, or over. `now` in milliseconds. */
export function certificateState(validUntil: string, now: number): 'valid' | 'soon' | 'expired' {
  const left = Date.parse(validUntil) - now;
  if (left < 0) return 'expired';
  return left < SOON_MS ? 'soon' : 'valid';
}
