import { Controller } from '@nestjs/common';
import { PersonsDeliveredV1, type ReceivedEvent } from '@hetao/events';
import { unwrap } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { Handles } from '@hetao/runtime';
import { CounterRepository } from '../counter/counter.repository.js';
import { customsItself } from '../shared/reader.js';
import { CountDelivery } from './count-delivery.use-cases.js';
import { ReleaseChanges } from './release-changes.use-cases.js';
import { ReleaseRepository } from './release.repository.js';
import { exhausted } from './release.js';

/**
 * Hears which persons' data crossed. It is told after the fact, so nothing is refused here: it is counted, once, and
 * what has no room left is suspended, which stops the next delivery.
 */
@Controller()
export class DeliverySubscriber {
  readonly #releases: ReleaseRepository;
  readonly #counters: CounterRepository;
  readonly #count: CountDelivery;
  readonly #changes: ReleaseChanges;

  constructor(releases: ReleaseRepository, counters: CounterRepository, count: CountDelivery, changes: ReleaseChanges) {
    this.#releases = releases;
    this.#counters = counters;
    this.#count = count;
    this.#changes = changes;
  }

  @Handles(PersonsDeliveredV1)
  async personsDelivered({ data, time }: ReceivedEvent<PersonsDeliveredV1>, tx: Tx): Promise<void> {
    const { merchantId, year } = data;
    const persons = { general: data.general, sensitive: data.sensitive };
    await this.#count.lockYear(tx, merchantId, year);
    const release = await this.#releases.ofAgreement(tx, data.agreementId, merchantId);
    if (release === null) {
      // They crossed, so they count; that no release is known is for an officer to look into.
      await this.#releases.noteUnreleased(tx, data, persons, time);
      await this.#counters.count(tx, { exporterId: merchantId, year }, persons);
    } else {
      const { used } = await this.#count.under(tx, release, year, persons);
      const full = exhausted(release, used);
      if (full !== null && release.status === 'active') {
        const reason = `The quota is used up: ${used[full]} persons (${full}) of ${release.quota[full] ?? 0}.`;
        unwrap(await this.#changes.apply(tx, release, { command: 'suspend', reason, by: customsItself }));
      }
    }
    await this.#count.stopBeyond(tx, merchantId, year);
  }
}
