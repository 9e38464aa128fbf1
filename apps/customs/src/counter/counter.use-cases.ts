import { Inject, Injectable } from '@nestjs/common';
import type { Clock, DomainError, Result } from '@hetao/kernel';
import { ok } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { sketchFromText } from '@hetao/rules';
import { CLOCK } from '@hetao/runtime';
import { CountDelivery } from '../release/count-delivery.use-cases.js';
import type { Reader } from '../shared/reader.js';
import { CounterRepository, type Channel, type YearOf } from './counter.repository.js';
import type { Commitments } from './person-category.js';

type ChannelOf = Omit<Channel, 'exporterId'>;

/** Counts persons an exporter sent over channels other than this exchange; releases the year outgrows are suspended. */
@Injectable()
export class CountPersons {
  readonly #uow: UnitOfWork;
  readonly #counters: CounterRepository;
  readonly #delivery: CountDelivery;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, counters: CounterRepository, delivery: CountDelivery, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#counters = counters;
    this.#delivery = delivery;
    this.#clock = clock;
  }

  /** @returns how many persons were not known before. */
  count(year: number, persons: Commitments, by: Reader): Promise<number> {
    const owner = { exporterId: by.organisationId, year };
    return this.#uow.run((tx) => this.#inYear(tx, owner, () => this.#counters.count(tx, owner, persons)));
  }

  declare({ persons, ...channel }: ChannelOf & { readonly persons: number }, by: Reader): Promise<void> {
    const of = { ...channel, exporterId: by.organisationId };
    return this.#uow.run((tx) =>
      this.#inYear(tx, of, () => this.#counters.declare(tx, { ...of, persons }, by.subject, this.#clock.now())),
    );
  }

  /** Takes a sketch of persons; SKETCH_INVALID for anything else. */
  addSketch(
    { sketch: text, ...channel }: ChannelOf & { readonly sketch: string },
    by: Reader,
  ): Promise<Result<null, DomainError>> {
    const of = { ...channel, exporterId: by.organisationId };
    return this.#uow.runResult(async (tx): Promise<Result<null, DomainError>> => {
      const sketch = sketchFromText(text);
      if (!sketch.ok) return sketch;
      const known = { ...of, sketch: sketch.value };
      await this.#inYear(tx, of, () => this.#counters.addSketch(tx, known, by.subject, this.#clock.now()));
      return ok(null);
    });
  }

  async #inYear<T>(tx: Tx, { exporterId, year }: YearOf, work: () => Promise<T>): Promise<T> {
    await this.#counters.lockYear(tx, exporterId, year);
    const outcome = await work();
    await this.#delivery.stopBeyond(tx, exporterId, year);
    return outcome;
  }
}
