import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { checkReleaseUse, type ReleaseUse } from '@hetao/rules';
import { CLOCK } from '@hetao/runtime';
import type { Commitments, PersonCategory } from '../counter/person-category.js';
import { mainlandYear, type Reader } from '../shared/reader.js';
import { Holds } from '../risk/holds.repository.js';
import { CountDelivery } from './count-delivery.use-cases.js';
import { ReleaseChanges, type ReleaseDeed } from './release-changes.use-cases.js';
import { releaseErrors } from './release.errors.js';
import { ReleaseRepository } from './release.repository.js';
import { checkInForce, checkUsed, checkYear, type Release } from './release.js';

const unknownRelease = (id: string): DomainError =>
  releaseErrors.RELEASE_UNKNOWN(`There is no release ${id} that you may use.`);

/** Suspends, resumes, revokes or expires a release. */
@Injectable()
export class ChangeRelease {
  readonly #uow: UnitOfWork;
  readonly #releases: ReleaseRepository;
  readonly #changes: ReleaseChanges;
  readonly #holds: Holds;

  constructor(uow: UnitOfWork, releases: ReleaseRepository, changes: ReleaseChanges, holds: Holds) {
    this.#uow = uow;
    this.#releases = releases;
    this.#changes = changes;
    this.#holds = holds;
  }

  execute(id: string, deed: ReleaseDeed): Promise<Result<Release, DomainError>> {
    return this.#uow.runResult(async (tx): Promise<Result<Release, DomainError>> => {
      const before = await this.#releases.load(tx, id);
      if (before === null) return err(unknownRelease(id));
      if (deed.command === 'resume' && (await this.#holds.standing(tx, before.declarationId)).length > 0) {
        return err(releaseErrors.RELEASE_HELD(`Declaration ${before.declarationId} is held; nothing is resumed.`));
      }
      return this.#changes.apply(tx, before, deed);
    });
  }
}

/** One delivery under a release: what, to whom, and which persons are in it. */
export interface Delivery extends ReleaseUse {
  readonly persons: Commitments;
}
export interface Used {
  readonly release: Release;
  readonly used: Record<PersonCategory, number>;
}

/** Checks a delivery before it is made and counts its persons down: all of it happens, or none. */
@Injectable()
export class UseRelease {
  readonly #uow: UnitOfWork;
  readonly #releases: ReleaseRepository;
  readonly #count: CountDelivery;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, releases: ReleaseRepository, count: CountDelivery, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#releases = releases;
    this.#count = count;
    this.#clock = clock;
  }

  execute(id: string, delivery: Delivery, by: Reader): Promise<Result<Used, DomainError>> {
    return this.#uow.runResult(async (tx): Promise<Result<Used, DomainError>> => {
      const exporterId = await this.#releases.exporterOf(tx, id);
      const mayUse = exporterId === by.organisationId || by.via === 'system';
      if (exporterId === null || !mayUse) return err(unknownRelease(id));
      const at = this.#clock.now();
      const year = mainlandYear(at);
      await this.#count.lockYear(tx, exporterId, year);
      const release = await this.#releases.load(tx, id);
      if (release === null) return err(unknownRelease(id));
      const inForce = checkInForce(release, at);
      if (!inForce.ok) return inForce;
      const covered = checkReleaseUse(release, delivery);
      if (!covered.ok) return covered;
      // Refused after the fact is as good as before it: the transaction takes the persons back.
      const { used, total } = await this.#count.under(tx, release, year, delivery.persons);
      const fits = checkUsed(release, used);
      if (!fits.ok) return fits;
      const room = total === null ? ok(null) : checkYear(release, { year, ...total });
      return room.ok ? ok({ release, used }) : room;
    });
  }
}
