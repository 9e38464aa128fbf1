import { Inject, Injectable } from '@nestjs/common';
import { ReleaseIssuedV1 } from '@hetao/events';
import { err, newId, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { signReleaseToken, type ReleaseClaims, type ReleaseScope } from '@hetao/rules';
import { CLOCK, SERVICE_CONFIG } from '@hetao/runtime';
import { countsTowardsYear } from '../counter/person-category.js';
import type { CustomsConfig } from '../customs.config.js';
import { releaseDeclaration, type Declaration } from '../declaration/declaration.js';
import { DeclarationRepository } from '../declaration/declaration.repository.js';
import { unknownDeclaration } from '../declaration/declaration.use-cases.js';
import { mainlandDate, type Reader } from '../shared/reader.js';
import { ReleaseRepository } from './release.repository.js';
import { checkQuota, type Release, type ReleaseQuota } from './release.js';

type Answer = Result<Release, DomainError>;

/** Where releases are made out and signed: it alone holds the key. */
@Injectable()
export class ReleaseDesk {
  readonly #config: CustomsConfig;
  readonly #clock: Clock;

  constructor(@Inject(SERVICE_CONFIG) config: CustomsConfig, @Inject(CLOCK) clock: Clock) {
    this.#config = config;
    this.#clock = clock;
  }

  now(): Date {
    return this.#clock.now();
  }

  async sign(declaration: Declaration, quota: ReleaseQuota, issuedBy: string, at: Date): Promise<Release> {
    const id = newId('rel');
    const { finding, decision } = declaration;
    const scope = scopeOf(declaration);
    // The last day of the decision belongs to it: the release ends when that day ends on the mainland.
    const validUntil = new Date(`${decision?.validUntil ?? mainlandDate(at)}T16:00:00Z`);
    const claims: ReleaseClaims = {
      iss: 'hetao-customs',
      jti: id,
      iat: seconds(at),
      nbf: seconds(at),
      exp: seconds(validUntil),
      declaration_id: declaration.id,
      exporter_id: declaration.exporterId,
      rule_set: finding.ruleSet,
      facts_sha256: declaration.factsSha256,
      pathway: finding.pathway,
      rule_id: finding.rule ?? '',
      official_ref: decision?.reference ?? '',
      scope,
      quota: { general_remaining: quota.general, sensitive_remaining: quota.sensitive },
      log_receipt: null,
    };
    return {
      id,
      declarationId: declaration.id,
      exporterId: declaration.exporterId,
      status: 'active',
      scope,
      pathway: finding.pathway,
      ruleId: finding.rule ?? '',
      counted: countsTowardsYear(finding.pathway, finding.rule),
      quota,
      validFrom: at,
      validUntil,
      token: await signReleaseToken(claims, this.#config.RELEASE_PRIVATE_KEY),
      reason: null,
      issuedBy,
      issuedAt: at,
      changedAt: at,
    };
  }
}

/** Makes a release of a declaration, signs its token and announces it, in one transaction. */
@Injectable()
export class IssueRelease {
  readonly #desk: ReleaseDesk;
  readonly #uow: UnitOfWork;
  readonly #declarations: DeclarationRepository;
  readonly #releases: ReleaseRepository;

  constructor(desk: ReleaseDesk, uow: UnitOfWork, declarations: DeclarationRepository, releases: ReleaseRepository) {
    this.#desk = desk;
    this.#uow = uow;
    this.#declarations = declarations;
    this.#releases = releases;
  }

  execute(declarationId: string, quota: ReleaseQuota, by: Reader): Promise<Answer> {
    return this.#uow.runResult(async (tx): Promise<Answer> => {
      const before = await this.#declarations.load(tx, declarationId);
      if (before === null) return err(unknownDeclaration(declarationId));
      const at = this.#desk.now();
      const released = releaseDeclaration(before, by.subject, { at, date: mainlandDate(at) });
      if (!released.ok) return released;
      const fits = checkQuota(quota, before.form.persons);
      if (!fits.ok) return fits;
      const release = await this.#desk.sign(released.value, quota, by.subject, at);
      const deed = { command: 'release', from: before.status, at, by, note: release.id };
      await this.#declarations.update(tx, released.value, deed);
      await this.#releases.insert(tx, release);
      announce(tx, released.value, release);
      return ok(release);
    });
  }
}

function scopeOf({ form, facts }: Declaration): ReleaseScope {
  return {
    purpose: String(facts['tx.purpose'] ?? 'other'),
    fields: form.fields.map(({ name }) => name),
    recipient_id: form.recipientId,
    destination: String(facts['tx.destination'] ?? 'OTHER'),
    onward: form.onwardTransfers !== null,
  };
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

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
