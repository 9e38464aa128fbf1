import { Inject, Injectable } from '@nestjs/common';
import { newId, unwrap, type Clock } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import {
  signReleaseToken,
  verifyReleaseToken,
  yearLimits,
  type ReleaseClaims,
  type ReleaseLogReceipt,
  type ReleaseScope,
} from '@hetao/rules';
import { CLOCK, SERVICE_CONFIG } from '@hetao/runtime';
import { countsTowardsYear } from '../counter/person-category.js';
import type { CustomsConfig } from '../customs.config.js';
import type { Declaration } from '../declaration/declaration.js';
import { RuleSetQueries } from '../rule-set/rule-set.queries.js';
import { mainlandDate } from '../shared/reader.js';
import type { Release, ReleaseQuota } from './release.js';

/** Where releases are made out and signed: it alone holds the key. */
@Injectable()
export class ReleaseDesk {
  readonly #config: CustomsConfig;
  readonly #ruleSets: RuleSetQueries;
  readonly #clock: Clock;

  constructor(@Inject(SERVICE_CONFIG) config: CustomsConfig, ruleSets: RuleSetQueries, @Inject(CLOCK) clock: Clock) {
    this.#config = config;
    this.#ruleSets = ruleSets;
    this.#clock = clock;
  }

  now(): Date {
    return this.#clock.now();
  }

  /** The first instant of a day on the mainland. */
  startOf(day: string): Date {
    return new Date(`${day}T00:00:00+08:00`);
  }

  async sign(
    tx: Tx,
    declaration: Declaration,
    {
      quota,
      by,
      at,
      from,
    }: { readonly quota: ReleaseQuota; readonly by: string; readonly at: Date; readonly from: Date },
  ): Promise<Release> {
    const id = newId('rel');
    const { finding, decision } = declaration;
    // The last day of the decision belongs to it: the release ends when that day ends on the mainland.
    const validUntil = new Date(`${decision?.validUntil ?? mainlandDate(at)}T16:00:00Z`);
    const claims = claimsOf(declaration, { id, quota, at, from, validUntil });
    const engine = await this.#ruleSets.engineOf(tx, finding.ruleSet);
    return {
      id,
      declarationId: declaration.id,
      exporterId: declaration.exporterId,
      agreementId: declaration.form.agreementId,
      status: 'active',
      scope: claims.scope,
      pathway: finding.pathway,
      ruleId: finding.rule ?? '',
      counted: countsTowardsYear(finding.pathway, finding.rule),
      quota,
      yearLimits: yearLimits(engine, declaration.facts),
      validFrom: from,
      validUntil,
      token: await signReleaseToken(claims, this.#config.RELEASE_PRIVATE_KEY),
      logReceipt: null,
      sealedToken: null,
      reason: null,
      issuedBy: by,
      issuedAt: at,
      changedAt: at,
    };
  }

  /** The token of a release signed anew with the receipt of the log: same id, same claims otherwise. */
  async sealed({ token, validFrom }: Release, receipt: ReleaseLogReceipt): Promise<string> {
    const key = this.#config.RELEASE_PRIVATE_KEY;
    const from = new Date(Math.floor(validFrom.getTime() / 1000) * 1000);
    const claims = unwrap(await verifyReleaseToken(token, [key], from));
    return signReleaseToken({ ...claims, log_receipt: receipt }, key);
  }
}

function claimsOf(
  { id: declarationId, exporterId, finding, decision, factsSha256, ...declaration }: Declaration,
  release: {
    readonly id: string;
    readonly quota: ReleaseQuota;
    readonly at: Date;
    readonly from: Date;
    readonly validUntil: Date;
  },
): ReleaseClaims {
  return {
    iss: 'hetao-customs',
    jti: release.id,
    iat: seconds(release.at),
    nbf: seconds(release.from),
    exp: seconds(release.validUntil),
    declaration_id: declarationId,
    exporter_id: exporterId,
    rule_set: finding.ruleSet,
    facts_sha256: factsSha256,
    pathway: finding.pathway,
    rule_id: finding.rule ?? '',
    official_ref: decision?.reference ?? '',
    scope: scopeOf(declaration),
    quota: { general_remaining: release.quota.general, sensitive_remaining: release.quota.sensitive },
    log_receipt: null,
  };
}

function scopeOf({ form, facts }: Pick<Declaration, 'form' | 'facts'>): ReleaseScope {
  return {
    purpose: String(facts['tx.purpose'] ?? 'other'),
    fields: form.fields.map(({ name }) => name),
    recipient_id: form.recipientId,
    destination: String(facts['tx.destination'] ?? 'OTHER'),
    onward: form.onwardTransfers !== null,
  };
}

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
