import { describe, expect, it } from '@jest/globals';
import { jurisdictions } from '@hetao/kernel';
import { checkFacts, RuleEngine, szdexCrossBorder2026111 as ruleSet, type Facts } from '@hetao/rules';
import fc from 'fast-check';
import { tcmDeclaration, tcmFacts } from '../../test/sample-declaration.js';
import { declarationContentDto } from '../declaration/declaration.dto.js';
import { toForm } from '../declaration/form.dto.js';
import { prefill, productFacts, purposeOf, type CrossingAgreement, type KnownProduct } from './prefill.js';

const engine = new RuleEngine(ruleSet);
const name = { en: 'P', 'zh-Hans': '产', 'zh-Hant': '產' };
const place = fc.constantFrom(...jurisdictions);
const field = fc.record({
  name: fc.constantFrom('a', 'b', 'c'),
  meaning: fc.constant('m'),
  ...{ personal: fc.boolean(), sensitive: fc.boolean(), health: fc.boolean(), gene: fc.boolean(), minor: fc.boolean() },
  exportReason: fc.constantFrom(null, 'needed'),
});
const product: fc.Arbitrary<KnownProduct> = fc.record({
  ...{
    productId: fc.constant('prd_1'),
    merchantId: fc.constant('org_m'),
    version: fc.constant(1),
    name: fc.constant(name),
  },
  kind: fc.constantFrom('dataset', 'api', 'report', 'tool', 'model', 'compute'),
  storedIn: place,
  subjectsIn: fc.uniqueArray(place),
  fields: fc.array(field, { maxLength: 4 }),
});
const agreementOf = (origin: string, destination: string, purpose: string): CrossingAgreement => ({
  ...{ agreementId: 'agr_1', productId: 'prd_1', merchantId: 'org_m', buyerId: 'org_b', origin, destination, purpose },
  ...{ documentHash: 'ab', effectiveFrom: '2026-11-23', effectiveUntil: '2027-11-23' },
});
const who = (participantId: string, jurisdiction: string) => ({ participantId, jurisdiction, name });
/** Any earlier answers that do not contradict each other. */
const earlierFacts: fc.Arbitrary<Facts> = fc
  .record(
    Object.fromEntries(
      ruleSet.facts.map((fact) => [
        fact.key,
        fact.type === 'bool'
          ? fc.boolean()
          : fact.type === 'int'
            ? fc.constantFrom(0, 500)
            : fc.constantFrom(...fact.values),
      ]),
    ),
  )
  .filter((facts) => checkFacts(ruleSet, facts).ok);
const form = toForm(declarationContentDto.parse(tcmDeclaration()).form);

describe('what a declaration begins with', () => {
  it('never contradicts itself, whatever the product and whatever was answered before', () => {
    fc.assert(
      fc.property(product, place, place, fc.option(earlierFacts, { freq: 1 }), (known, destination, home, facts) => {
        const earlier = facts && { facts, form: { ...form, productId: 'prd_1', recipientId: 'org_b' } };
        const agreement = agreementOf(known.storedIn, destination, 'research');
        const sources = { product: known, agreement, earlier, persons: { general: 3, sensitive: 4 } };
        const filled = prefill({ ...sources, merchant: who('org_m', home), buyer: who('org_b', destination) });
        expect(checkFacts(ruleSet, filled.facts)).toMatchObject({ ok: true });
        expect([filled.facts['tx.origin'], filled.facts['tx.destination']]).toEqual([known.storedIn, destination]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('says of a product only what follows from its fields, and never that persons are absent when a field says otherwise', () => {
    fc.assert(
      fc.property(product, (known) => {
        const facts = productFacts(known);
        const personal = known.fields.some((each) => each.personal || each.sensitive || each.minor);
        if (personal) expect(facts['d.pi']).toBe('identified');
        if (known.fields.length === 0) expect(facts['d.pi']).toBeNull();
        if (known.fields.some(({ gene }) => gene)) expect(facts['d.hgr']).toBe('info');
        if (known.subjectsIn.includes('US')) expect(facts['d.us_bulk']).toBeNull();
      }),
    );
  });

  it('takes what is done with genes for a sale, and blocks it, whatever the agreement calls it', () => {
    const gene = {
      name: 'genome',
      meaning: 'g',
      personal: true,
      sensitive: true,
      health: true,
      gene: true,
      minor: false,
      exportReason: null,
    };
    expect(purposeOf('academic', { fields: [gene] })).toBe('data_product_sale');
    const known: KnownProduct = {
      productId: 'prd_1',
      merchantId: 'org_m',
      version: 1,
      name,
      kind: 'dataset',
      storedIn: 'CN',
      subjectsIn: ['CN'],
      fields: [gene],
    };
    const sources = {
      product: known,
      agreement: agreementOf('CN', 'HK', 'academic'),
      persons: { general: 0, sensitive: 0 },
    };
    const { facts } = prefill({ ...sources, merchant: null, buyer: null, earlier: { facts: tcmFacts, form } });
    const answered = { ...facts, 'd.core_or_secret': false, 'rcp.listed_42': false, 'exp.foreign_party': false };
    expect(engine.evaluate(answered)).toMatchObject({ pathway: 'BLOCKED', rule: 'STOP-05' });
  });

  it('never grants an exemption by itself: what it fills in alone leaves persons’ data undecided', () => {
    fc.assert(
      fc.property(
        product,
        place,
        fc.constantFrom('hr', 'emergency', 'statutory_duty', 'individual_contract'),
        (known, destination, purpose) => {
          fc.pre(known.storedIn === 'CN' && destination !== 'CN' && known.fields.length > 0);
          const agreement = agreementOf('CN', destination, purpose);
          const { facts } = prefill({
            product: known,
            agreement,
            merchant: null,
            buyer: null,
            earlier: null,
            persons: { general: 0, sensitive: 0 },
          });
          expect(engine.evaluate(facts).pathway).toBe('NEEDS_INFO');
        },
      ),
      { numRuns: 300 },
    );
  });
});
