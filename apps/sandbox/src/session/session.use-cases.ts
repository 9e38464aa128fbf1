import { Inject, Injectable } from '@nestjs/common';
import { err, newId, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK, type CallerIdentity } from '@hetao/runtime';
import { SessionAccess } from './session.access.js';
import { sessionErrors } from './session.errors.js';
import { SessionRepository } from './session.repository.js';
import {
  approveSession,
  proveViewer,
  stepSession,
  voteThaw,
  type PixelSession,
  type SessionOutcome,
} from './session.js';

export interface SessionWish {
  readonly enclaveId: string;
  readonly purpose: string;
  readonly language: string;
}

/** A step somebody asks for; which persona may was decided at the door. */
export type SessionOrder =
  | { readonly command: 'deny' | 'freeze' | 'terminate' | 'end'; readonly reason: string }
  | { readonly command: 'approve' | 'thaw' | 'unlock' | 'prove' };

/** The commands of whom the session shows to; all others are the custodian's or the operator's. */
const VIEWERS_OWN: ReadonlySet<string> = new Set(['unlock', 'prove', 'end']);
const CUSTODIANS: ReadonlySet<string> = new Set(['approve', 'deny']);

/** Asks for a session, and takes it through the hands of people. */
@Injectable()
export class PixelSessions {
  readonly #uow: UnitOfWork;
  readonly #sessions: SessionRepository;
  readonly #access: SessionAccess;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, sessions: SessionRepository, access: SessionAccess, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#sessions = sessions;
    this.#access = access;
    this.#clock = clock;
  }

  /** @returns SESSION_PERSON_ONLY, SESSION_MINUTES_SPENT, and what ComputeAccess and the isolation ladder refuse. */
  request(wish: SessionWish, by: CallerIdentity): Promise<Result<PixelSession, DomainError>> {
    return this.#uow.runResult(async (tx): Promise<Result<PixelSession, DomainError>> => {
      if (by.via !== 'session') return err(sessionErrors.SESSION_PERSON_ONLY(`${by.subject} is an API key.`));
      const at = this.#clock.now();
      const grounds = await this.#access.grounds(tx, wish.enclaveId, by);
      if (!grounds.ok) return grounds;
      const session: PixelSession = {
        ...{ id: newId('pxs'), person: by.subject, personName: by.displayName, organisationId: by.organisationId },
        ...{ ...wish, grounds: grounds.value, status: 'requested', firstEpoch: await this.#sessions.nextEpoch(tx) },
        ...{ decidedBy: null, frozenAt: null, provedAt: null, thawVotes: [] },
        ...{ requestedAt: at.toISOString(), startedAt: null, endedAt: null, endReason: null },
      };
      await this.#sessions.insert(tx, session, { command: 'request', at, by: by.subject, note: wish.purpose });
      return ok(session);
    });
  }

  /**
   * @param heard told of the step once it is committed: what runs must not follow a step that is taken back.
   * @returns SESSION_UNKNOWN to whoever has nothing to do with it, and what its rules refuse.
   */
  take(
    id: string,
    order: SessionOrder,
    by: CallerIdentity,
    heard: (session: PixelSession) => void,
  ): Promise<Result<PixelSession, DomainError>> {
    return this.#uow.runResult(async (tx): Promise<Result<PixelSession, DomainError>> => {
      const before = await this.#sessions.load(tx, id);
      if (before === null || !mayTake(before, order.command, by)) return err(unknownSession(id));
      const at = this.#clock.now();
      const after = decide(before, order, by, at.toISOString());
      if (!after.ok) return after;
      const note = 'reason' in order ? order.reason : null;
      tx.onCommitted(() => heard(after.value));
      return this.#save(tx, after.value, { command: order.command, at, by: by.subject, note });
    });
  }

  /** The viewer's own session goes to be provided; the grounds are looked at again, as they may have gone since. */
  provision(id: string, by: CallerIdentity, holder: string): Promise<Result<PixelSession, DomainError>> {
    return this.#uow.runResult(async (tx): Promise<Result<PixelSession, DomainError>> => {
      const before = await this.#sessions.load(tx, id);
      if (before === null || before.person !== by.subject) return err(unknownSession(id));
      const at = this.#clock.now();
      const grounds = await this.#access.grounds(tx, before.enclaveId, by);
      if (!grounds.ok) return grounds;
      const after = stepSession({ ...before, grounds: grounds.value }, 'provision', at.toISOString());
      if (!after.ok) return after;
      await this.#sessions.hold(tx, id, holder);
      return this.#save(tx, after.value, {
        command: 'provision',
        at,
        by: by.subject,
        note: grounds.value.basis.reference,
      });
    });
  }

  async #save(
    tx: Tx,
    session: PixelSession,
    deed: Parameters<SessionRepository['update']>[2],
  ): Promise<Result<PixelSession, DomainError>> {
    if (await this.#sessions.update(tx, session, deed)) return ok(session);
    return err(sessionErrors.SESSION_ALREADY_LIVE(`${session.person} has another session that has not ended.`));
  }
}

export function unknownSession(id: string): DomainError {
  return sessionErrors.SESSION_UNKNOWN(`${id} is no session of yours.`);
}

function mayTake(session: PixelSession, command: string, by: CallerIdentity): boolean {
  if (VIEWERS_OWN.has(command) && session.person === by.subject) return true;
  if (command === 'unlock' || command === 'prove') return false;
  if (by.personas.includes('operator')) return true;
  return CUSTODIANS.has(command) && session.grounds.custodianId === by.organisationId;
}

function decide(session: PixelSession, order: SessionOrder, by: CallerIdentity, at: string): SessionOutcome {
  switch (order.command) {
    case 'approve':
      return approveSession(session, by.subject, at);
    case 'thaw':
      return voteThaw(session, by.subject, at);
    case 'prove':
      return proveViewer(session, at);
    case 'unlock':
      return stepSession(session, 'unlock', at);
    case 'deny':
    case 'freeze':
    case 'terminate':
    case 'end':
      return stepSession(session, order.command, at, order.reason);
  }
}
