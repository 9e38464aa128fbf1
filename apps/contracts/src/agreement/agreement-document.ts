import type { Jurisdiction, JsonValue } from '@hetao/kernel';
import type { Party } from '../directory/directory.js';
import type { Offer } from '../offer/offer.js';
import { publicTerms } from '../offer/public-terms.js';

/** Everything an agreement says. */
export interface AgreementMatter {
  readonly agreementId: string;
  readonly requestId: string;
  readonly offer: Offer;
  readonly merchant: Party;
  readonly buyer: Party;
  readonly purpose: string;
  readonly placeOfUse: Jurisdiction;
}

/**
 * The document both sides sign the hash of, as JSON in the public form. Its `type` names this shape: a new shape is a
 * new type, so a document hashed today can be read and checked for ever. `release` is the border release the agreement
 * needs to enter into force; null where no border is crossed or none was decided.
 */
export function agreementDocument(matter: AgreementMatter): JsonValue {
  const { offer } = matter;
  return {
    type: 'hetao.agreement.v1',
    agreement_id: matter.agreementId,
    request_id: matter.requestId,
    offer_id: offer.id,
    product: { id: offer.productId, version: offer.productVersion },
    parties: { merchant: namedParty(matter.merchant), buyer: namedParty(matter.buyer) },
    terms: {
      purpose: matter.purpose,
      place_of_use: matter.placeOfUse,
      effective_from: offer.term.from.toISOString(),
      effective_until: offer.term.until.toISOString(),
    },
    ...publicTerms(offer),
    release: null,
  };
}

function namedParty(party: Party): JsonValue {
  return { id: party.id, name: { ...party.name }, jurisdiction: party.jurisdiction };
}
