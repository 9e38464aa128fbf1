import { Inject, Injectable } from '@nestjs/common';
import { DomainException, seesEveryTenant } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { type CallerIdentity, DATABASE } from '@hetao/runtime';
import { mayRead } from './entitlement.js';
import { entitlementErrors } from './entitlement.errors.js';

/** Who may look at an agreement's usage. */
@Injectable()
export class EntitlementQueries {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /**
   * @throws DomainException USAGE_AGREEMENT_UNKNOWN when there is no such agreement, or none that the caller may see:
   *   the two are not told apart, since the difference is a secret of somebody else's.
   */
  async assertReadable(caller: CallerIdentity, agreementId: string): Promise<void> {
    const { rows } = await this.database.withClient((client) =>
      client.query<{ merchant_id: string; buyer_id: string }>(
        'SELECT merchant_id, buyer_id FROM entitlements WHERE agreement_id = $1 LIMIT 1',
        [agreementId],
      ),
    );
    const reader = { organisationId: caller.organisationId, seesAll: seesEveryTenant(caller) };
    const row = rows[0];
    if (row && mayRead(reader, { merchantId: row.merchant_id, buyerId: row.buyer_id })) return;
    throw new DomainException(
      entitlementErrors.USAGE_AGREEMENT_UNKNOWN(`No agreement ${agreementId} with usage that you may read.`, {
        pointer: '/agreement_id',
      }),
    );
  }
}
