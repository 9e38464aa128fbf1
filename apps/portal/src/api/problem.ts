import { HetaoProblem, HetaoUnreachable } from '@hetao/client';

/** Whether nobody answered: the network, or the exchange, is away. */
export function isAway(error: unknown): boolean {
  return error instanceof HetaoUnreachable;
}

/** Whether a change met a version that somebody else saved meanwhile (RFC 9110 13.1.1). */
export function isStale(error: unknown): boolean {
  return error instanceof HetaoProblem && error.status === 412;
}

/** What is wrong at a place of what was sent, by its JSON Pointer: `/price/amount`. */
export function faultAt(error: unknown, pointer: string): HetaoProblem['errors'][number] | undefined {
  if (!(error instanceof HetaoProblem)) return undefined;
  return error.errors.find((item) => item.pointer === pointer);
}

/** A change that was answered, with whatever, may be made anew; one that was perhaps not heard must stay the same. */
export function wasAnswered(error: unknown): boolean {
  return error instanceof HetaoProblem && error.status < 500;
}
