import { Inject, Injectable } from '@nestjs/common';
import { UnitOfWork } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import type { Clock } from '@hetao/kernel';
import type { NegotiationSettings } from './negotiation-settings.js';
import { NegotiationSettingsRepository } from './negotiation-settings.repository.js';
import type { Person } from './negotiation.use-cases.js';

/** Says what the exchange may do in the name of the caller's organisation; he answers for what is then done. */
@Injectable()
export class SetNegotiationSettings {
  readonly #uow: UnitOfWork;
  readonly #settings: NegotiationSettingsRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, settings: NegotiationSettingsRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#settings = settings;
    this.#clock = clock;
  }

  execute(wanted: Omit<NegotiationSettings, 'setBy'>, by: Person): Promise<NegotiationSettings> {
    const { subject, organisationId, displayName } = by;
    const settings = { ...wanted, setBy: { subject, organisationId, displayName, at: this.#clock.now() } };
    return this.#uow.run(async (tx) => {
      await this.#settings.save(tx, settings);
      return settings;
    });
  }

  /** What holds for an organisation now. */
  read(organisationId: string): Promise<NegotiationSettings> {
    return this.#uow.run((tx) => this.#settings.of(tx, organisationId));
  }
}
