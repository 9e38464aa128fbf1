import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { CLOCK, SERVICE_CONFIG } from '@hetao/runtime';
import type { Actor } from '../audit/audit.js';
import type { GatewayConfig } from '../gateway.config.js';
import { sessionErrors, type SessionError } from './session.errors.js';
import { SessionRepository, type FoundSession, type SessionRow } from './session.repository.js';
import { sessionEndMs, sessionState, worthTouching, type SessionLimits, type SessionOrigin } from './session.js';

/** A live session and when it ends unless somebody comes back. */
export interface LiveSession extends FoundSession {
  readonly endsAt: Date;
}

/** A session that goes on from another one has nothing new to say of where it is. */
const OF_THE_SAME_BROWSER: SessionOrigin = { device: '', address: '', requestId: null };

/** Starts, recognises and ends the sessions of people. */
@Injectable()
export class Sessions {
  readonly #uow: UnitOfWork;
  readonly #clock: Clock;
  readonly #sessions: SessionRepository;
  readonly #limits: SessionLimits;

  constructor(
    uow: UnitOfWork,
    @Inject(CLOCK) clock: Clock,
    sessions: SessionRepository,
    @Inject(SERVICE_CONFIG) config: GatewayConfig,
  ) {
    this.#uow = uow;
    this.#clock = clock;
    this.#sessions = sessions;
    this.#limits = {
      idleMs: config.SESSION_IDLE_MINUTES * 60_000,
      absoluteMs: config.SESSION_ABSOLUTE_HOURS * 3_600_000,
    };
  }

  /** The token for the cookie. A session is always a new one: what stood in the cookie before is never taken over. */
  start(accountId: string, idToken: string | null, origin: SessionOrigin = OF_THE_SAME_BROWSER): Promise<string> {
    const at = this.#clock.now();
    return this.#uow.run((tx) => this.#sessions.start(tx, { accountId, at, idToken, origin }));
  }

  /** Those of an account that still live, the last used first. */
  async list(accountId: string): Promise<readonly SessionRow[]> {
    const now = this.#clock.now();
    const rows = await this.#sessions.ofAccount(accountId);
    return rows.filter((session) => sessionState(session, now, this.#limits) === 'live');
  }

  /** Ends sessions of whoever acts; how many there were. */
  endByIds(ids: readonly string[], actor: Actor): Promise<number> {
    return this.#uow.run((tx) => this.#sessions.endByIds(tx, ids, actor));
  }

  async recognise(token: string): Promise<Result<LiveSession, SessionError>> {
    const session = await this.#sessions.find(token);
    if (session === undefined) return err(sessionErrors.SESSION_ENDED('The session is over, or was never ours.'));
    const now = this.#clock.now();
    const state = sessionState(session, now, this.#limits);
    if (state !== 'live') {
      await this.end(session);
      const why = state === 'idle' ? 'Nobody used it for too long' : 'It lived as long as a session may';
      return err(sessionErrors.SESSION_ENDED(`${why}; it began at ${session.createdAt.toISOString()}.`));
    }
    if (session.account.closed) {
      return err(sessionErrors.ACCOUNT_CLOSED(`Account ${session.account.id} or its organisation is suspended.`));
    }
    const seen = worthTouching(session, now, this.#limits);
    if (seen) await this.#sessions.touch(session.hash, now);
    const times = seen ? { ...session, lastSeenAt: now } : session;
    return ok({ ...times, endsAt: new Date(sessionEndMs(times, this.#limits)) });
  }

  async end(session: Pick<FoundSession, 'hash'>): Promise<void> {
    await this.#uow.run((tx) => this.#sessions.end(tx, session.hash));
  }
}
