import { Inject, Injectable } from '@nestjs/common';
import { ComputeUsedV1 } from '@hetao/events';
import type { Clock } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import type { SignedCheckpoint } from '../recording/checkpoint.signature.js';
import { SessionAccess, viewerOf } from './session.access.js';
import { billedMinutes } from './session-bill.js';
import { SessionRepository } from './session.repository.js';
import { liveStatuses, stepSession, type PixelSession, type SessionCommand, type SessionStatus } from './session.js';

const LIVE: ReadonlySet<SessionStatus> = new Set(liveStatuses);
const HOUSE = 'sandbox';

/** What a running session asks of the house: its steps, its checkpoints, and whether it may go on. */
@Injectable()
export class HouseSessions {
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

  /** Takes a step in the exchange's own name. What is not possible any more changes nothing. @returns where it stands. */
  step(id: string, command: Exclude<SessionCommand, 'thaw'>, note: string): Promise<SessionStatus> {
    return this.#uow.run(async (tx) => {
      const before = await this.#sessions.load(tx, id);
      if (before === null) throw new Error(`Session ${id} is gone.`);
      const at = this.#clock.now();
      const after = stepSession(before, command, at.toISOString(), note);
      if (!after.ok) return before.status;
      await this.#sessions.update(tx, after.value, { command, at, by: HOUSE, note });
      if (command === 'seal') bill(tx, after.value);
      return after.value.status;
    });
  }

  keepCheckpoint(checkpoint: SignedCheckpoint): Promise<void> {
    return this.#uow.run((tx) => this.#sessions.addCheckpoint(tx, checkpoint));
  }

  /** Says that a session lives. `ended` tells why it may not go on: its licence or its release is gone. */
  renew(id: string, holder: string): Promise<{ readonly status: SessionStatus; readonly ended: string | null }> {
    return this.#uow.run(async (tx) => {
      const session = await this.#sessions.load(tx, id);
      if (session === null) throw new Error(`Session ${id} is gone.`);
      await this.#sessions.hold(tx, id, holder);
      if (!LIVE.has(session.status)) return { status: session.status, ended: session.status };
      const grounds = await this.#access.grounds(tx, session.enclaveId, viewerOf(session));
      return { status: session.status, ended: grounds.ok ? null : grounds.error.code };
    });
  }
}

/** States what the session used, in the transaction that seals it: once, as it is sealed once. */
function bill(tx: Tx, session: PixelSession): void {
  const minutes = billedMinutes(session, Date.parse);
  if (minutes === 0) return;
  tx.append(ComputeUsedV1, {
    ...{ useId: session.id, agreementId: session.grounds.agreementId, enclaveId: session.enclaveId },
    quantities: [{ meter: 'session_minutes', quantity: String(minutes) }],
    usedAt: session.endedAt ?? session.requestedAt,
  });
}
