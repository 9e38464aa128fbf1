import { describe, expect, it } from '@jest/globals';
import { unwrap } from '@hetao/kernel';
import { emptyCard, type ComplianceDocument, type ProductCard } from '../card/product-card.js';
import type { DataField } from '../product/data-description.js';
import { draftProduct } from '../product/product.js';
import { cardChecks } from './card-checks.js';
import type { CheckFacts } from './check-facts.js';
import { checkListing } from './listing-checks.js';

const name = { en: 'Visits', 'zh-Hans': '就诊', 'zh-Hant': '就診' };
const person: DataField = {
  ...{ name: 'patient', meaning: 'Who came', meanings: null, type: 'text', unit: null, nullable: false },
  ...{ personal: true, sensitive: false, importantData: false, health: false, gene: false, minor: false },
  exportReason: null,
};
const facts: CheckFacts = {
  today: '2026-03-01',
  merchantCertificateUntil: '2027-03-01',
  basicListings: false,
  bodies: new Map([
    ['org_firm', ['law_firm']],
    ['org_lab', ['quality_body']],
    ['org_registrar', ['registrar']],
  ]),
};
const opinion: ComplianceDocument = {
  ...{ kind: 'legal_opinion', title: 'Opinion', number: null, issuer: 'A firm', issuerId: 'org_firm' },
  ...{ issuedOn: '2026-01-01', validUntil: '2026-12-31', sha256: 'a'.repeat(64) },
};
const certificate = {
  ...{ number: 'R-1', registrarId: 'org_registrar', holderId: 'org_merchant', rights: ['hold'] as const },
  ...{ registeredOn: '2026-01-01', validUntil: '2028-01-01' },
};

function productWith(card: Partial<ProductCard>, fields: readonly DataField[] = [person]) {
  const content = {
    ...{ name, description: name, kind: 'dataset' as const, languages: ['en'], storedIn: 'CN' as const },
    ...{ subjectsIn: ['CN' as const], fields, geneUse: null, card: { ...emptyCard, ...card } },
  };
  const input = { id: 'prd_one', merchantId: 'org_merchant', content, at: new Date('2026-03-01T00:00:00Z') };
  return unwrap(draftProduct(input));
}

function faults(card: Partial<ProductCard>, change: Partial<CheckFacts> = {}): readonly string[] {
  const product = productWith({ documents: [opinion], ...card });
  return cardChecks(product, product.card ?? emptyCard, { ...facts, ...change }).map(
    ({ code, pointer, article }) => `${code} ${pointer} ${article === null ? '' : 'with its article'}`,
  );
}

const paper = '/card/documents';
const registration = '/card/registration_certificate';

describe('papers, certificates and rights of a listing', () => {
  it('hold today', () => expect(faults({ registrationCertificate: certificate })).toEqual([]));

  it.each<[string, Partial<ProductCard>, Partial<CheckFacts>, string]>([
    [
      'a merchant without a certificate',
      {},
      { merchantCertificateUntil: null },
      'MERCHANT_CERTIFICATE_INVALID /merchant_id',
    ],
    [
      'a merchant whose certificate ended',
      {},
      { merchantCertificateUntil: '2026-02-28' },
      'MERCHANT_CERTIFICATE_INVALID /merchant_id',
    ],
    ['no opinion on data about people', { documents: [] }, {}, `DOCUMENT_MISSING ${paper}`],
    [
      'an opinion that ended',
      { documents: [{ ...opinion, validUntil: '2026-02-28' }] },
      {},
      `DOCUMENT_EXPIRED ${paper}/0/valid_until`,
    ],
    [
      'an opinion of tomorrow',
      { documents: [{ ...opinion, issuedOn: '2026-03-02' }] },
      {},
      `DOCUMENT_EXPIRED ${paper}/0/valid_until`,
    ],
    [
      'an opinion of no law firm',
      { documents: [{ ...opinion, issuerId: 'org_lab' }] },
      {},
      `DOCUMENT_ISSUER_UNKNOWN ${paper}/0/issuer_id`,
    ],
    [
      'an opinion of nobody here',
      { documents: [{ ...opinion, issuerId: 'org_else' }] },
      {},
      `DOCUMENT_ISSUER_UNKNOWN ${paper}/0/issuer_id`,
    ],
    [
      'a registration that ended',
      { registrationCertificate: { ...certificate, validUntil: '2026-02-28' } },
      {},
      `REGISTRATION_EXPIRED ${registration}/valid_until`,
    ],
    [
      'a registrar who takes no part',
      { registrationCertificate: { ...certificate, registrarId: 'org_firm' } },
      {},
      `REGISTRAR_UNKNOWN ${registration}/registrar_id`,
    ],
    [
      'a registration of another',
      { registrationCertificate: { ...certificate, holderId: 'org_else' } },
      {},
      `REGISTRATION_OF_ANOTHER ${registration}/holder_id`,
    ],
  ])('hold it up: %s', (_what, card, change, expected) => {
    expect(faults(card, change)).toEqual([`${expected} with its article`]);
  });

  it('are enough where a renewed paper stands beside the one it renews, and where another lets the merchant operate', () => {
    const documents = [{ ...opinion, validUntil: '2026-02-28' }, opinion];
    const another = { ...certificate, holderId: 'org_else', rights: ['operate'] as const };
    expect(faults({ documents, registrationCertificate: another })).toEqual([]);
  });
});

describe('what the law forbids', () => {
  it('is core data of the state, and genes for sale, with the article', () => {
    const legal = { basis: null, necessity: null, deidentification: null, exportPolicy: 'forbidden' as const };
    const core = productWith({ legal: { ...legal, dataClass: 'core' } }, [{ ...person, gene: true }]);
    const forbidden = checkListing(core, facts).filter(({ level }) => level === 'forbidden');
    expect(forbidden.map(({ code, pointer, article }) => [code, pointer, article])).toEqual([
      ['GENE_SALE', '/fields/0/gene', 'Regulation on Human Genetic Resources (State Council Order 717), article 10'],
      ['CORE_DATA', '/card/legal/data_class', 'Data Security Law, article 21'],
    ]);
  });
});
