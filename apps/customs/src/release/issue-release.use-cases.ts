import { Injectable } from '@nestjs/common';
import { ReleaseIssuedV1 } from '@hetao/events';
import { ok, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import type { Declaration } from '../declaration/declaration.js';
import type { Reader } from '../shared/reader.js';
import { ReleaseDesk } from './release-desk.use-cases.js';
import { ReleaseGate } from './release-gate.use-cases.js';
import { ReleaseRepository } from './release.repository.js';
import { beginning, checkQuota, type Release, type ReleaseQuota } from './release.js';

type Answer = Result<Release, DomainError>;

/** Makes a release of a declaration, signs its token and announces it, in one transaction. */
@Injectable()
export class IssueRelease {
  readonly #desk: ReleaseDesk;
  readonly #uow: UnitOfWork;
  readonly #gate: ReleaseGate;
  readonly #releases: ReleaseRepository;

  constructor(desk: ReleaseDesk, uow: UnitOfWork, gate: ReleaseGate, releases: ReleaseRepository) {
    this.#desk = desk;
    this.#uow = uow;
    this.#gate = gate;
    this.#releases = releases;
  }

  execute(
    declarationId: string,
    { quota, validFrom }: { readonly quota: ReleaseQuota; readonly validFrom: string | null },
    by: Reader,
  ): Promise<Answer> {
    return this.#uow.runResult(async (tx): Promise<Answer> => {
      const at = this.#desk.now();
      const open = await this.#gate.open(tx, declarationId, by, at);
      if (!open.ok) return open;
      const { before, released } = open.value;
      const fits = checkQuota(quota, before.form.persons);
      if (!fits.ok) return fits;
      const chosen = validFrom === null ? null : { day: validFrom, from: this.#desk.startOf(validFrom) };
      const from = beginning(chosen, released.decision?.decidedOn ?? null, at);
      if (!from.ok) return from;
      const release = await this.#desk.sign(tx, released, { quota, by: by.subject, at, from: from.value });
      const room = await this.#gate.checkRoom(tx, release, at);
      if (!room.ok) return room;
      await this.#gate.pass(tx, released, { command: 'release', from: before.status, at, by, note: release.id });
      await this.#releases.insert(tx, release);
      announce(tx, released, release);
      return ok(release);
    });
  }
}

function announce(tx: Tx, { form, finding, factsSha256, decision }: Declaration, release: Release): void {
  const { purpose, fields, destination, onward } = release.scope;
  tx.append(ReleaseIssuedV1, {
    releaseId: release.id,
    declarationId: release.declarationId,
    exporterId: release.exporterId,
    recipientId: form.recipientId,
    productId: form.productId,
    agreementId: form.agreementId,
    pathway: release.pathway,
    ruleId: release.ruleId,
    ruleSetId: finding.ruleSet.id,
    ruleSetVersion: finding.ruleSet.version,
    factsSha256,
    officialReference: decision?.reference ?? '',
    scope: { purpose, fields: [...fields], destination, onward },
    quota: release.quota,
    validFrom: release.validFrom.toISOString(),
    validUntil: release.validUntil.toISOString(),
    token: release.token,
    issuedAt: release.issuedAt.toISOString(),
  });
}
