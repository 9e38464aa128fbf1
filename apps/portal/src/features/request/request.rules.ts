import type { AccessRequest } from '@hetao/client';

/** What a buyer may do with a request as it lies: the other side's offer can be taken, any open one taken back. */
export function buyersMoves(request: Pick<AccessRequest, 'status' | 'offered_by'>): {
  readonly accept: boolean;
  readonly withdraw: boolean;
} {
  const open = request.status === 'requested';
  return { accept: open && request.offered_by === 'merchant', withdraw: open };
}

/** Where the product is most likely used: at home, where the offer allows that. */
export function likelyPlace<Place extends string>(allowed: readonly Place[], home: string): Place | undefined {
  return allowed.find((place) => place === home) ?? allowed[0];
}
