import { languages, type Jurisdiction, type Language } from '@hetao/kernel';
import type { AnyPricePlan } from '@hetao/rating';
import type { Party } from '../directory/directory.js';
import { publicTerms } from '../offer/public-terms.js';
import { odrlFrom } from '../policy/policy.js';
import { releaseCondition, type AgreementDocument, type AgreementMatter } from './agreement-text.js';

/**
 * The document both sides sign the hash of, as JSON in the public form. Its `type` names this shape: a new shape is a
 * new type, so a document hashed today can be read and checked for ever. `policy` is the usage policy in ODRL, the one
 * object it is evaluated and printed from; `release` is the border release the agreement needs to enter into force, null
 * where no border is crossed; `product.schema_hash` names the fields the product had (SHA-256 of their canonical JSON),
 * null where the catalog described none; of the languages it is printed in, `prevailing` decides.
 */
export function agreementDocument(matter: AgreementMatter): AgreementDocument {
  const { offer, supersedes = null, schemaHash = null } = matter;
  const release = releaseCondition(matter);
  return {
    type: 'hetao.agreement.v3',
    agreement_id: matter.agreementId,
    request_id: matter.requestId,
    offer_id: offer.id,
    product: { id: offer.productId, version: offer.productVersion, schema_hash: schemaHash },
    parties: { merchant: namedParty(matter.merchant), buyer: namedParty(matter.buyer) },
    terms: {
      purpose: matter.purpose,
      place_of_use: matter.placeOfUse,
      effective_from: offer.term.from.toISOString(),
      effective_until: offer.term.until.toISOString(),
    },
    ...publicTerms(offer),
    policy: odrlFrom(offer.policy),
    release: release && { ...release },
    supersedes: supersedes && {
      agreement_id: supersedes.agreementId,
      document_hash: supersedes.documentHash,
      kind: supersedes.kind,
    },
    languages: { prevailing: prevailingLanguage(matter.merchant.jurisdiction), printed: [...languages] },
  };
}

/** The language that decides where the prints differ: that of the place whose merchant stated the terms. */
export function prevailingLanguage(jurisdiction: Jurisdiction): Language {
  if (jurisdiction === 'CN') return 'zh-Hans';
  return jurisdiction === 'HK' || jurisdiction === 'MO' ? 'zh-Hant' : 'en';
}

function namedParty(party: Party) {
  return { id: party.id, name: { ...party.name }, jurisdiction: party.jurisdiction };
}

/** The meters the price depends on, each once. */
export function planMeters(plan: AnyPricePlan): readonly string[] {
  return [...new Set(plan.components.flatMap((component) => ('meter' in component ? [component.meter] : [])))];
}
