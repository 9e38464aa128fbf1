import { err, outsideAddress, type Result } from '@hetao/kernel';
import { webhookErrors, type WebhookError } from './webhook.errors.js';

/** How messages to an endpoint are signed: a shared secret, or a key pair whose public half anybody may have. */
export type SignatureKind = 'hmac' | 'ed25519';

/** Where an organisation wants to be told of what happens. Times are instants (UTC). */
export interface WebhookEndpoint {
  readonly id: string;
  readonly organisationId: string;
  readonly url: string;
  readonly description: string;
  /** Types of messages; empty means all there are, also those to come. */
  readonly types: readonly string[];
  readonly signature: SignatureKind;
  /** `whpk_…` where messages are signed with a key pair. */
  readonly publicKey: string | null;
  /** Until then messages carry a second signature, of the secret before. */
  readonly rollsUntil: Date | null;
  readonly createdAt: Date;
  readonly disabledAt: Date | null;
  readonly disabledReason: 'gone' | 'failing' | 'by_owner' | null;
  /** Since when nothing at all got through; null while it works. */
  readonly failingSince: Date | null;
}

/** How one try ended. */
export type Attempt =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfterMs: number | null }
  | { readonly kind: 'failed'; readonly reason: string };

/** What a try means for the delivery and for its endpoint. */
export interface Verdict {
  readonly state: 'delivered' | 'waiting' | 'abandoned';
  /** In how many ms to try again. */
  readonly retryInMs: number | null;
  /** So many ms nothing is sent to the endpoint: it asked for time, or something before it is overloaded. */
  readonly holdMs: number | null;
  readonly disable: 'gone' | 'failing' | null;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Pauses before each try: about three days in all, as Standard Webhooks 1.0 proposes. */
export const retryPlanMs: readonly number[] = [
  ...[0, 5 * SECOND_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS],
  ...[5 * HOUR_MS, 10 * HOUR_MS, 14 * HOUR_MS, 20 * HOUR_MS, 24 * HOUR_MS],
];
/** Many that failed together are not to come again together. */
const JITTER = 0.1;
/** An endpoint that took nothing for so long is disabled, and its owner told. */
const FAILING_MS = 5 * 24 * HOUR_MS;
const MAX_HOLD_MS = HOUR_MS;
const DEFAULT_HOLD_MS = 30 * SECOND_MS;
/** Overloaded, or something between us is: the endpoint is given time, whatever the message (Standard Webhooks). */
const SLOW_DOWN: ReadonlySet<number> = new Set([429, 502, 503, 504]);
const GONE = 410;

/** How long the secret before stays good beside the new one. */
export const secretOverlapMs = 24 * HOUR_MS;
/** Bounds of one organisation and of one replay. */
export const maxEndpoints = 20;
export const maxReplay = 10_000;

/**
 * What follows from the try number `attempts` (from 1).
 *
 * @param chance in [0, 1): spreads the next try by up to a tenth either way.
 */
export function judgeAttempt(
  attempt: Attempt,
  {
    attempts,
    failingSince,
    at,
    chance,
  }: { readonly attempts: number; readonly failingSince: Date | null; readonly at: Date; readonly chance: number },
): Verdict {
  const answered = attempt.kind === 'answered';
  if (answered && attempt.status >= 200 && attempt.status < 300) {
    return { state: 'delivered', retryInMs: null, holdMs: null, disable: null };
  }
  if (answered && attempt.status === GONE) {
    return { state: 'abandoned', retryInMs: null, holdMs: null, disable: 'gone' };
  }
  const failing = failingSince !== null && at.getTime() - failingSince.getTime() >= FAILING_MS;
  const holdMs =
    answered && SLOW_DOWN.has(attempt.status) ? Math.min(attempt.retryAfterMs ?? DEFAULT_HOLD_MS, MAX_HOLD_MS) : null;
  const pauseMs = retryPlanMs[attempts];
  const end = { holdMs, disable: failing ? 'failing' : null } as const;
  if (pauseMs === undefined) return { state: 'abandoned', retryInMs: null, ...end };
  const spreadMs = Math.round(pauseMs * (1 + JITTER * (2 * chance - 1)));
  return { state: 'waiting', retryInMs: Math.max(spreadMs, holdMs ?? 0), ...end };
}

/** Checks an address before it is kept. Where its name leads is checked again at every try. */
export function checkAddress(text: string, plainHttpAllowed: boolean): Result<string, WebhookError> {
  const address = outsideAddress(text, { plainHttpAllowed, queryAllowed: true });
  return address.ok ? address : err(webhookErrors.WEBHOOK_ADDRESS_INVALID(address.error, { pointer: '/url' }));
}
