import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { CounterRepository, type DeclaredNumber } from './counter.repository.js';
import type { Commitments } from './person-category.js';

/** Counts persons an exporter sent over channels other than this exchange. */
@Injectable()
export class CountPersons {
  readonly #uow: UnitOfWork;
  readonly #counters: CounterRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, counters: CounterRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#counters = counters;
    this.#clock = clock;
  }

  count(owner: { readonly exporterId: string; readonly year: number }, persons: Commitments): Promise<number> {
    return this.#uow.run((tx) => this.#counters.count(tx, owner, persons));
  }

  declare(number: DeclaredNumber, declaredBy: string): Promise<void> {
    return this.#uow.run((tx) => this.#counters.declare(tx, number, declaredBy, this.#clock.now()));
  }
}
