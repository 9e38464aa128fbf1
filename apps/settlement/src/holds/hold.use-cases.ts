import type { Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import { HoldBook } from './hold.book.js';
import type { HoldError } from './hold.errors.js';
import type { Hold } from './hold.js';

/** An operator gives a reserve up: its money is free at once. */
@Injectable()
export class VoidHold {
  readonly #uow: UnitOfWork;
  readonly #holds: HoldBook;

  constructor(uow: UnitOfWork, holds: HoldBook) {
    this.#uow = uow;
    this.#holds = holds;
  }

  execute(
    holdId: string,
    decision: { readonly by: string; readonly reason: string },
  ): Promise<Result<Hold, HoldError>> {
    return this.#uow.runResult((tx) => this.#holds.void(tx, holdId, decision));
  }
}

/** Sets free, a bounded batch at a time, what was reserved for longer than it was to be. */
@Injectable()
export class ExpireHolds {
  readonly #uow: UnitOfWork;
  readonly #holds: HoldBook;

  constructor(uow: UnitOfWork, holds: HoldBook) {
    this.#uow = uow;
    this.#holds = holds;
  }

  /** @returns how many holds expired. */
  async execute(batch = 200): Promise<number> {
    return this.#uow.run((tx) => this.#holds.expire(tx, batch));
  }
}
