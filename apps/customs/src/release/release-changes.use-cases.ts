import { Inject, Injectable } from '@nestjs/common';
import { ReleaseExpiredV1, ReleaseResumedV1, ReleaseRevokedV1, ReleaseSuspendedV1 } from '@hetao/events';
import { err, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { followRelease } from '../declaration/declaration.js';
import { DeclarationRepository } from '../declaration/declaration.repository.js';
import { unknownDeclaration } from '../declaration/declaration.use-cases.js';
import type { Reader } from '../shared/reader.js';
import { ReleaseRepository } from './release.repository.js';
import { changeRelease, type Release, type ReleaseCommand } from './release.js';

/** What is done to a release, why, and by whom. */
export interface ReleaseDeed {
  readonly command: ReleaseCommand;
  readonly reason: string;
  readonly by: Reader;
}

/** Changes a release within a transaction: its declaration follows, and delivery hears it by event. */
@Injectable()
export class ReleaseChanges {
  readonly #releases: ReleaseRepository;
  readonly #declarations: DeclarationRepository;
  readonly #clock: Clock;

  constructor(releases: ReleaseRepository, declarations: DeclarationRepository, @Inject(CLOCK) clock: Clock) {
    this.#releases = releases;
    this.#declarations = declarations;
    this.#clock = clock;
  }

  /** @param before loaded in this transaction. @returns the release as it was where the command had happened already. */
  async apply(tx: Tx, before: Release, { command, reason, by }: ReleaseDeed): Promise<Result<Release, DomainError>> {
    const at = this.#clock.now();
    const outcome = changeRelease(before, { command, reason, at });
    if (!outcome.ok) return outcome;
    const { release, changed } = outcome.value;
    if (!changed) return ok(release);
    const declaration = await this.#declarations.load(tx, release.declarationId);
    if (declaration === null) return err(unknownDeclaration(release.declarationId));
    const followed = followRelease(declaration, command);
    if (!followed.ok) return followed;
    await this.#releases.saveStanding(tx, release);
    await this.#declarations.update(tx, followed.value, { command, from: declaration.status, at, by, note: reason });
    announce(tx, release, command, reason);
    return ok(release);
  }
}

function announce(tx: Tx, release: Release, command: ReleaseCommand, reason: string): void {
  const { id: releaseId, declarationId } = release;
  const at = release.changedAt.toISOString();
  const told = { releaseId, declarationId, reason };
  if (command === 'suspend') tx.append(ReleaseSuspendedV1, { ...told, suspendedAt: at });
  if (command === 'resume') tx.append(ReleaseResumedV1, { ...told, resumedAt: at });
  if (command === 'revoke') tx.append(ReleaseRevokedV1, { ...told, revokedAt: at });
  if (command === 'expire') {
    tx.append(ReleaseExpiredV1, {
      releaseId,
      declarationId,
      validUntil: release.validUntil.toISOString(),
      expiredAt: at,
    });
  }
}
