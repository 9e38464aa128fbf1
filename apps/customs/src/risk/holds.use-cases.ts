import { Inject, Injectable } from '@nestjs/common';
import { err, newId, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import type { Reader } from '../shared/reader.js';
import { askToLift, liftHold, type Hold } from './hold.js';
import { Holds } from './holds.repository.js';
import { riskErrors, type RiskError } from './risk.errors.js';

type Answer = Result<Hold, DomainError>;

/** Puts holds on declarations, and lifts them when two officers agree. */
@Injectable()
export class HoldDeclarations {
  readonly #uow: UnitOfWork;
  readonly #holds: Holds;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, holds: Holds, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#holds = holds;
    this.#clock = clock;
  }

  put(declarationId: string, reason: string, by: Reader): Promise<Answer> {
    return this.#uow.runResult(async (tx): Promise<Answer> => {
      const hold: Hold = {
        ...{ id: newId('hld'), declarationId, reason, riskReasons: [], putBy: by.subject, putAt: this.#clock.now() },
        ...{ risk: null, liftReason: null, liftAskedBy: null, liftAskedAt: null, liftedBy: null, liftedAt: null },
      };
      if (await this.#holds.put(tx, hold)) return ok(hold);
      return err(riskErrors.HOLD_DECLARATION_UNKNOWN(`There is no declaration ${declarationId}.`));
    });
  }

  askToLift(id: string, reason: string, by: Reader): Promise<Answer> {
    return this.#change(id, (hold) => askToLift(hold, { reason, by: by.subject, at: this.#clock.now() }));
  }

  lift(id: string, by: Reader): Promise<Answer> {
    return this.#change(id, (hold) => liftHold(hold, { by: by.subject, at: this.#clock.now() }));
  }

  #change(id: string, decide: (hold: Hold) => Result<Hold, RiskError>): Promise<Answer> {
    return this.#uow.runResult(async (tx: Tx): Promise<Answer> => {
      const before = await this.#holds.load(tx, id);
      if (before === null) return err(riskErrors.HOLD_UNKNOWN(`There is no hold ${id}.`));
      const after = decide(before);
      if (after.ok && after.value !== before) await this.#holds.save(tx, after.value);
      return after;
    });
  }
}
