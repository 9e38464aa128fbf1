import { Inject, Injectable } from '@nestjs/common';
import { ReleaseResumedV1, ReleaseRevokedV1, ReleaseSuspendedV1 } from '@hetao/events';
import { err, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { checkReleaseUse, type ReleaseUse } from '@hetao/rules';
import { CLOCK } from '@hetao/runtime';
import { CounterRepository } from '../counter/counter.repository.js';
import type { Commitments } from '../counter/person-category.js';
import { followRelease } from '../declaration/declaration.js';
import { DeclarationRepository } from '../declaration/declaration.repository.js';
import { mainlandYear, type Reader } from '../shared/reader.js';
import { releaseErrors } from './release.errors.js';
import { ReleaseRepository } from './release.repository.js';
import { changeRelease, checkInForce, checkUsed, type Release, type ReleaseCommand } from './release.js';

const unknownRelease = (id: string): DomainError =>
  releaseErrors.RELEASE_UNKNOWN(`There is no release ${id} that you may use.`);

/** Suspends, resumes, revokes or expires a release; its declaration follows, delivery hears it by event. */
@Injectable()
export class ChangeRelease {
  readonly #uow: UnitOfWork;
  readonly #releases: ReleaseRepository;
  readonly #declarations: DeclarationRepository;
  readonly #clock: Clock;

  constructor(
    uow: UnitOfWork,
    releases: ReleaseRepository,
    declarations: DeclarationRepository,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#uow = uow;
    this.#releases = releases;
    this.#declarations = declarations;
    this.#clock = clock;
  }

  execute(id: string, command: ReleaseCommand, reason: string, by: Reader): Promise<Result<Release, DomainError>> {
    return this.#uow.runResult(async (tx): Promise<Result<Release, DomainError>> => {
      const before = await this.#releases.load(tx, id);
      if (before === null) return err(unknownRelease(id));
      const at = this.#clock.now();
      const outcome = changeRelease(before, { command, reason, at });
      if (!outcome.ok) return outcome;
      const { release, changed } = outcome.value;
      if (!changed) return ok(release);
      await this.#releases.saveStanding(tx, release);
      const followed = await this.#follow(tx, release, command, { reason, at, by });
      if (!followed.ok) return followed;
      announce(tx, release, command, reason);
      return ok(release);
    });
  }

  async #follow(tx: Tx, release: Release, command: ReleaseCommand, deed: { reason: string; at: Date; by: Reader }) {
    const declaration = await this.#declarations.load(tx, release.declarationId);
    if (declaration === null) return err(unknownRelease(release.id));
    const followed = followRelease(declaration, command);
    if (followed.ok) {
      const { reason: note, at, by } = deed;
      await this.#declarations.update(tx, followed.value, { command, from: declaration.status, at, by, note });
    }
    return followed;
  }
}

/** One delivery under a release: what, to whom, and which persons are in it. */
export interface Delivery extends ReleaseUse {
  readonly persons: Commitments;
}

/** Checks a delivery against its release and counts its persons down: all of it happens, or none. */
@Injectable()
export class UseRelease {
  readonly #uow: UnitOfWork;
  readonly #releases: ReleaseRepository;
  readonly #counters: CounterRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, releases: ReleaseRepository, counters: CounterRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#releases = releases;
    this.#counters = counters;
    this.#clock = clock;
  }

  execute(
    id: string,
    delivery: Delivery,
    by: Reader,
  ): Promise<Result<{ release: Release; used: Record<'general' | 'sensitive', number> }, DomainError>> {
    return this.#uow.runResult(async (tx) => {
      const release = await this.#releases.load(tx, id);
      const mayUse = release?.exporterId === by.organisationId || by.via === 'system';
      if (release === null || !mayUse) return err(unknownRelease(id));
      const at = this.#clock.now();
      const inForce = checkInForce(release, at);
      if (!inForce.ok) return inForce;
      const covered = checkReleaseUse(release, delivery);
      if (!covered.ok) return covered;
      const used = await this.#releases.remember(tx, id, delivery.persons);
      // Refused after the fact is as good as before it: the transaction takes the persons back.
      const fits = checkUsed(release, used);
      if (!fits.ok) return fits;
      const owner = { exporterId: release.exporterId, year: mainlandYear(at) };
      if (release.counted) await this.#counters.count(tx, owner, delivery.persons);
      return ok({ release, used });
    });
  }
}

function announce(
  tx: Tx,
  { id: releaseId, declarationId, changedAt }: Release,
  command: ReleaseCommand,
  reason: string,
): void {
  const at = changedAt.toISOString();
  const told = { releaseId, declarationId, reason };
  if (command === 'suspend') tx.append(ReleaseSuspendedV1, { ...told, suspendedAt: at });
  if (command === 'resume') tx.append(ReleaseResumedV1, { ...told, resumedAt: at });
  if (command === 'revoke') tx.append(ReleaseRevokedV1, { ...told, revokedAt: at });
}
