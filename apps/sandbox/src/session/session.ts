import { defineTransitions, err, ok, type Result } from '@hetao/kernel';
import { sessionErrors, type PixelSessionError } from './session.errors.js';

export type SessionStatus =
  | 'requested'
  | 'approved'
  | 'denied'
  | 'provisioning'
  | 'ready'
  | 'active'
  | 'idle_locked'
  | 'throttled'
  | 'frozen'
  | 'terminated'
  | 'ended'
  | 'sealed'
  | 'archived'
  | 'destroyed'
  | 'expired'
  | 'failed';

export type SessionCommand =
  | 'approve'
  | 'deny'
  | 'expire'
  | 'provision'
  | 'ready'
  | 'fail'
  | 'connect'
  | 'lock'
  | 'unlock'
  | 'throttle'
  | 'calm'
  | 'freeze'
  | 'thaw'
  | 'terminate'
  | 'end'
  | 'seal'
  | 'archive'
  | 'destroy';

/** The life of a session (reference, section 6). Whatever was shown is sealed, also of a session that was terminated. */
export const sessionTransitions = defineTransitions<SessionStatus, SessionCommand>({
  requested: { approve: 'approved', deny: 'denied', expire: 'expired' },
  approved: { provision: 'provisioning', expire: 'expired' },
  denied: {},
  provisioning: { ready: 'ready', fail: 'failed' },
  ready: { connect: 'active', end: 'ended' },
  active: { lock: 'idle_locked', throttle: 'throttled', freeze: 'frozen', end: 'ended' },
  idle_locked: { unlock: 'active', freeze: 'frozen', end: 'ended' },
  throttled: { calm: 'active', lock: 'idle_locked', freeze: 'frozen', end: 'ended' },
  frozen: { thaw: ['frozen', 'active'], terminate: 'terminated', end: 'ended' },
  terminated: { seal: 'sealed' },
  ended: { seal: 'sealed' },
  sealed: { archive: 'archived' },
  archived: { destroy: 'destroyed' },
  destroyed: {},
  expired: {},
  failed: {},
}).assertReachable('requested');

/** A person has one session that stands in one of these. */
export const liveStatuses = ['provisioning', 'ready', 'active', 'idle_locked', 'throttled', 'frozen'] as const;
/** Pixels flow in these alone. */
export const showingStatuses: ReadonlySet<SessionStatus> = new Set(['active', 'throttled']);

/** On what grounds a session may show an enclave's data where its viewer is, as they were when it was last looked. */
export interface SessionGrounds {
  readonly agreementId: string;
  readonly productId: string;
  readonly versionId: string;
  /** Whose data it is, and who says yes or no. */
  readonly custodianId: string;
  /** From where the viewer looks; ISO 3166-1 alpha-2. */
  readonly place: string;
  readonly basis: { readonly kind: string; readonly reference: string };
  /** The release of customs, where to look is an export. */
  readonly releaseId: string | null;
  /** What the agreement counts; what is used besides is not billed. */
  readonly meters: readonly string[];
}

export interface ThawVote {
  readonly operator: string;
  readonly at: string;
}

export interface PixelSession {
  readonly id: string;
  readonly person: string;
  readonly personName: string;
  readonly organisationId: string;
  readonly enclaveId: string;
  readonly grounds: SessionGrounds;
  readonly purpose: string;
  readonly language: string;
  readonly status: SessionStatus;
  /** First of the numbers its invisible mark goes through, ten minutes each. */
  readonly firstEpoch: number;
  readonly decidedBy: string | null;
  readonly frozenAt: string | null;
  /** When the viewer last proved to be who he is. */
  readonly provedAt: string | null;
  readonly thawVotes: readonly ThawVote[];
  readonly requestedAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly endReason: string | null;
}

export type SessionOutcome = Result<PixelSession, PixelSessionError>;
/** Two operators, since one could be talked into it. */
const THAW_VOTES = 2;
const ENDING: ReadonlySet<SessionStatus> = new Set(['ended', 'terminated', 'failed', 'denied', 'expired']);

/** Takes a session one step on; `at` is an instant, ISO 8601. */
export function stepSession(
  session: PixelSession,
  command: Exclude<SessionCommand, 'thaw'>,
  at: string,
  reason: string | null = null,
): SessionOutcome {
  const [status] = sessionTransitions.targets(session.status, command);
  if (status === undefined) return err(notNow(session, command));
  return ok({
    ...session,
    status,
    ...(command === 'provision' ? { startedAt: at, provedAt: at } : {}),
    ...(command === 'unlock' ? { provedAt: at } : {}),
    ...(command === 'freeze' ? { frozenAt: at, thawVotes: [] } : {}),
    ...(ENDING.has(status) ? { endedAt: at, endReason: reason ?? command } : {}),
  });
}

/** The custodian says yes; who approves is not who looks. */
export function approveSession(session: PixelSession, by: string, at: string): SessionOutcome {
  if (by === session.person) {
    return err(sessionErrors.SESSION_OWN_CASE(`${by} asked for ${session.id}.`));
  }
  const stepped = stepSession(session, 'approve', at);
  return stepped.ok ? ok({ ...stepped.value, decidedBy: by }) : stepped;
}

/** A person proves again who he is; what a frozen session needs before it goes on. */
export function proveViewer(session: PixelSession, at: string): SessionOutcome {
  if (session.status !== 'frozen') return err(notNow(session, 'prove'));
  return thawed({ ...session, provedAt: at });
}

/** One operator's yes. The session goes on with two of them, and the viewer's proof from after the freeze. */
export function voteThaw(session: PixelSession, operator: string, at: string): SessionOutcome {
  if (!sessionTransitions.canTransition(session.status, 'thaw')) return err(notNow(session, 'thaw'));
  if (operator === session.person)
    return err(sessionErrors.SESSION_OWN_CASE(`${operator} is who ${session.id} shows to.`));
  if (session.thawVotes.some((vote) => vote.operator === operator)) {
    return err(sessionErrors.SESSION_SAME_OPERATOR(`${operator} has said yes to ${session.id} already.`));
  }
  return thawed({ ...session, thawVotes: [...session.thawVotes, { operator, at }] });
}

function thawed(session: PixelSession): SessionOutcome {
  const proved = session.provedAt !== null && session.frozenAt !== null && session.provedAt > session.frozenAt;
  const free = proved && session.thawVotes.length >= THAW_VOTES;
  return ok(free ? { ...session, status: 'active', frozenAt: null, thawVotes: [] } : session);
}

function notNow(session: PixelSession, command: string): PixelSessionError {
  const next = sessionTransitions.commandsFrom(session.status).join(', ') || 'nothing';
  return sessionErrors.SESSION_NOT_NOW(`${session.id} is ${session.status}: ${command} is not possible, but ${next}.`, {
    meta: { status: session.status },
  });
}
