import { seesEveryTenant, type Reader } from '@hetao/kernel';

/** What a reader may see of rows that belong to a merchant and a buyer. */
export interface Sight {
  /** True for those who run or audit the exchange, and for its own processes. */
  readonly all: boolean;
  /** Rows of this merchant; null for none. */
  readonly merchantId: string | null;
  /** Rows of this buyer; null for none. */
  readonly buyerId: string | null;
}

/** A merchant sees what it sold, a buyer what it bought, operators and auditors everything. */
export function sightOf(reader: Reader): Sight {
  const { organisationId, personas } = reader;
  return {
    all: seesEveryTenant(reader),
    merchantId: personas.includes('merchant') ? organisationId : null,
    buyerId: personas.includes('buyer') ? organisationId : null,
  };
}

/** The same as three SQL parameters, for a WHERE of the form `($1 OR merchant_id = $2 OR buyer_id = $3)`. */
export function sightParameters(reader: Reader): [boolean, string | null, string | null] {
  const { all, merchantId, buyerId } = sightOf(reader);
  return [all, merchantId, buyerId];
}
