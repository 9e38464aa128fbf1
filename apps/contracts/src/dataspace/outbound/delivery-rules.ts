/** What came of one attempt to deliver a message. */
export type Attempt =
  | { readonly kind: 'answered'; readonly status: number; readonly body: unknown; readonly link?: string | undefined }
  /** Nobody answered, or not in time. */
  | { readonly kind: 'unreachable'; readonly fault: string }
  /** It must not be sent there at all. */
  | { readonly kind: 'forbidden'; readonly fault: string };

/** What to do now. */
export type Verdict =
  | { readonly kind: 'delivered'; readonly body: unknown }
  | { readonly kind: 'again'; readonly inMs: number; readonly fault: string }
  | { readonly kind: 'given-up'; readonly fault: string };

/**
 * A refusal may only mean that the peer is not ready for us yet (handlers not registered, entities leased); after this
 * many attempts within the first moments it is meant.
 */
const HASTY_ATTEMPTS = 3;

/**
 * Delivery rules of reference 4.5: 2xx is delivered; what may pass (no connection, 5xx, 409, 429) is tried again until
 * the pauses are used up; a refusal is tried a few times in the first moments only.
 *
 * @param attempts how many were made, this one included.
 * @param pauses between attempts, in ms.
 */
export function judgeAttempt(attempt: Attempt, attempts: number, pauses: readonly number[]): Verdict {
  if (attempt.kind === 'forbidden') return { kind: 'given-up', fault: attempt.fault };
  if (attempt.kind === 'unreachable') return again(attempt.fault, attempts, pauses);
  const { status, body } = attempt;
  if (status >= 200 && status < 300) return { kind: 'delivered', body };
  const fault = `The peer answered ${status}${reasonIn(body)}`;
  if (status >= 500 || status === 409 || status === 429) return again(fault, attempts, pauses);
  const isHasty = status >= 400 && attempts < HASTY_ATTEMPTS;
  return isHasty ? again(fault, attempts, pauses) : { kind: 'given-up', fault };
}

function again(fault: string, attempts: number, pauses: readonly number[]): Verdict {
  const inMs = pauses[attempts - 1];
  return inMs === undefined
    ? { kind: 'given-up', fault: `${fault}; ${attempts} attempts were made` }
    : { kind: 'again', inMs, fault };
}

/** What the peer said was wrong, for the operator. */
function reasonIn(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  const { code, reason } = body as { readonly code?: unknown; readonly reason?: unknown };
  const said = [code, ...(Array.isArray(reason) ? (reason as unknown[]) : [reason])];
  const words = said.filter((item) => typeof item === 'string').join(' ');
  return words === '' ? '' : `: ${words.slice(0, 500)}`;
}
