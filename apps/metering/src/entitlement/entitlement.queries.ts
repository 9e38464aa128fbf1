import { Inject, Injectable } from '@nestjs/common';
import { DomainException, seesEveryTenant } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { type CallerIdentity, DATABASE } from '@hetao/runtime';
import { mayRead } from './entitlement.js';
import { entitlementErrors } from './entitlement.errors.js';

/** The two sides of an agreement. */
export interface AgreementParties {
  readonly merchantId: string;
  readonly buyerId: string;
}

/** Who may look at an agreement's usage. */
@Injectable()
export class EntitlementQueries {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /**
   * @throws DomainException USAGE_AGREEMENT_UNKNOWN when there is no such agreement, or none that the caller may see:
   *   the two are not told apart, since the difference is a secret of somebody else's.
   */
  async assertReadable(caller: CallerIdentity, agreementId: string): Promise<void> {
    await this.readableParties(caller, agreementId);
  }

  /** The sides of an agreement the caller may see. @throws as {@link assertReadable}. */
  async readableParties(caller: CallerIdentity, agreementId: string): Promise<AgreementParties> {
    const parties = await this.#readable(caller, agreementId);
    if (parties) return parties;
    throw new DomainException(
      entitlementErrors.USAGE_AGREEMENT_UNKNOWN(`No agreement ${agreementId} with usage that you may read.`, {
        pointer: '/agreement_id',
      }),
    );
  }

  async mayRead(caller: CallerIdentity, agreementId: string): Promise<boolean> {
    return (await this.#readable(caller, agreementId)) !== undefined;
  }

  async #readable(caller: CallerIdentity, agreementId: string): Promise<AgreementParties | undefined> {
    const { rows } = await this.database.withClient((client) =>
      client.query<AgreementParties>(
        'SELECT merchant_id AS "merchantId", buyer_id AS "buyerId" FROM entitlements WHERE agreement_id = $1 LIMIT 1',
        [agreementId],
      ),
    );
    const reader = { organisationId: caller.organisationId, seesAll: seesEveryTenant(caller) };
    return rows[0] && mayRead(reader, rows[0]) ? rows[0] : undefined;
  }
}
