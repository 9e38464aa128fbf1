import type { ComplianceDocument, ProductCard } from '../card/product-card.js';
import type { Product } from '../product/product.js';
import type { Finding } from './finding.js';
import type { CheckFacts } from './check-facts.js';
import { requiredPapers, type PaperFact } from './required-papers.js';

/** What papers, certificates and rights say today. The nightly job asks the same of what is listed. */
export function cardChecks(product: Product, card: ProductCard, facts: CheckFacts): Finding[] {
  return [
    ...merchantCertificate(facts),
    ...upstreamRights(card, facts.today),
    ...papers(product, card, facts),
    ...registration(product, card, facts),
  ];
}

function merchantCertificate({ merchantCertificateUntil, today }: CheckFacts): Finding[] {
  if (merchantCertificateUntil !== null && merchantCertificateUntil >= today) return [];
  const detail =
    merchantCertificateUntil === null
      ? 'The merchant holds no certificate of this exchange.'
      : `The merchant's certificate ended on ${merchantCertificateUntil}.`;
  return [blocking('MERCHANT_CERTIFICATE_INVALID', '/merchant_id', detail, 'Data Security Law, article 33')];
}

function upstreamRights({ provenance }: ProductCard, today: string): Finding[] {
  return (provenance?.upstream ?? []).flatMap(({ name, validUntil }, index) =>
    validUntil !== null && validUntil < today
      ? [
          blocking(
            'UPSTREAM_RIGHT_EXPIRED',
            `/card/provenance/upstream/${index}/valid_until`,
            `The right to ${name} ended on ${validUntil}.`,
            'NDA 2026 No. 35',
          ),
        ]
      : [],
  );
}

function papers(product: Product, card: ProductCard, facts: CheckFacts): Finding[] {
  return requiredPapers
    .filter(({ when }) => holds(product, card, when))
    .flatMap(({ kind, article }) => {
      const given = card.documents.filter((document) => document.kind === kind);
      if (given.length === 0) {
        return [blocking('DOCUMENT_MISSING', '/card/documents', `A paper of kind ${kind} is needed.`, article)];
      }
      // One valid paper of the kind is enough: a renewed opinion stands beside the one it renews.
      if (given.some((document) => isValid(document, facts))) return [];
      const index = card.documents.findIndex((document) => document.kind === kind);
      return [paperFault(card.documents[index], index, facts, article)];
    });
}

function isValid(document: ComplianceDocument, facts: CheckFacts): boolean {
  const inForce = document.validUntil === null || document.validUntil >= facts.today;
  return inForce && document.issuedOn <= facts.today && issuerMay(document, facts);
}

/** Who calls himself a body of this exchange must be one; a legal opinion is a law firm's. */
function issuerMay({ kind, issuerId }: ComplianceDocument, { bodies }: CheckFacts): boolean {
  if (issuerId === null) return true;
  const roles = bodies.get(issuerId);
  if (roles === undefined) return false;
  return kind !== 'legal_opinion' || roles.includes('law_firm');
}

function paperFault(
  document: ComplianceDocument | undefined,
  index: number,
  facts: CheckFacts,
  article: string,
): Finding {
  const pointer = `/card/documents/${index}`;
  if (document !== undefined && !issuerMay(document, facts)) {
    const detail = `${document.issuer} is no approved body of this exchange that may issue a ${document.kind}.`;
    return blocking('DOCUMENT_ISSUER_UNKNOWN', `${pointer}/issuer_id`, detail, article);
  }
  const until = document?.validUntil ?? 'the day it is issued';
  return blocking('DOCUMENT_EXPIRED', `${pointer}/valid_until`, `The paper does not hold today (${until}).`, article);
}

function registration({ merchantId }: Product, card: ProductCard, facts: CheckFacts): Finding[] {
  const certificate = card.registrationCertificate;
  if (certificate === null) return [];
  const pointer = '/card/registration_certificate';
  const article = 'NDA 2026 No. 35';
  if (certificate.validUntil < facts.today) {
    const detail = `The registration ended on ${certificate.validUntil}.`;
    return [blocking('REGISTRATION_EXPIRED', `${pointer}/valid_until`, detail, article)];
  }
  if (facts.bodies.get(certificate.registrarId)?.includes('registrar') !== true) {
    const detail = 'The registrar takes no part in this exchange.';
    return [blocking('REGISTRAR_UNKNOWN', `${pointer}/registrar_id`, detail, article)];
  }
  if (certificate.holderId === merchantId || certificate.rights.includes('operate')) return [];
  const detail = 'The certificate names another holder and gives no right to operate.';
  return [blocking('REGISTRATION_OF_ANOTHER', `${pointer}/holder_id`, detail, article)];
}

function holds({ fields }: Product, card: ProductCard, fact: PaperFact): boolean {
  if (fact === 'important') return card.legal?.dataClass === 'important';
  return fields.some((field) => field[fact]);
}

function blocking(code: string, pointer: string, detail: string, article: string): Finding {
  return { code, level: 'blocking', pointer, detail, article };
}
