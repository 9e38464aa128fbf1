import { Injectable } from '@nestjs/common';
import { unwrap } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CounterRepository } from '../counter/counter.repository.js';
import type { Commitments, PersonCategory } from '../counter/person-category.js';
import { customsItself } from '../shared/reader.js';
import { ReleaseChanges } from './release-changes.use-cases.js';
import { ReleaseRepository } from './release.repository.js';
import { checkYear, type Release } from './release.js';

type Numbers = Record<PersonCategory, number>;

/** Counts persons down from a release and up in its exporter's year, and stops what has no room left. */
@Injectable()
export class CountDelivery {
  readonly #releases: ReleaseRepository;
  readonly #counters: CounterRepository;
  readonly #changes: ReleaseChanges;

  constructor(releases: ReleaseRepository, counters: CounterRepository, changes: ReleaseChanges) {
    this.#releases = releases;
    this.#counters = counters;
    this.#changes = changes;
  }

  /** Whoever counts for an exporter's year does so alone; taken before any release, so that nobody waits in a ring. */
  lockYear(tx: Tx, exporterId: string, year: number): Promise<void> {
    return this.#counters.lockYear(tx, exporterId, year);
  }

  /** @returns the persons sent under the release in all, and in the exporter's year; null where they do not count there. */
  async under(
    tx: Tx,
    release: Release,
    year: number,
    persons: Commitments,
  ): Promise<{ readonly used: Numbers; readonly total: Numbers | null }> {
    const used = await this.#releases.remember(tx, release.id, persons);
    if (!release.counted) return { used, total: null };
    await this.#counters.count(tx, { exporterId: release.exporterId, year }, persons);
    return { used, total: await this.#total(tx, release.exporterId, year) };
  }

  /** Suspends every release of the exporter whose pathway the year has outgrown. @returns their ids. */
  async stopBeyond(tx: Tx, exporterId: string, year: number): Promise<readonly string[]> {
    const total = await this.#total(tx, exporterId, year);
    const stopped: string[] = [];
    for (const release of await this.#releases.beyond(tx, exporterId, total)) {
      const room = checkYear(release, { year, ...total });
      if (room.ok) continue;
      const deed = { command: 'suspend', reason: room.error.detail, by: customsItself } as const;
      unwrap(await this.#changes.apply(tx, release, deed));
      stopped.push(release.id);
    }
    return stopped;
  }

  async #total(tx: Tx, exporterId: string, year: number): Promise<Numbers> {
    const { general, sensitive } = await this.#counters.totals(tx, exporterId, year);
    return { general: general.total, sensitive: sensitive.total };
  }
}
