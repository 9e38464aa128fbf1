import type { AccessRequest } from '@hetao/client';

/** What a buyer may do with a request as it lies: the other side's offer can be taken, any open one taken back. */
export function buyersMoves(request: Pick<AccessRequest, 'status' | 'offered_by'>): {
  readonly accept: boolean;
  readonly withdraw: boolean;
} {
  const open = request.status === 'requested';
  return { accept: open && request.offered_by === 'merchant', withdraw: open };
}
