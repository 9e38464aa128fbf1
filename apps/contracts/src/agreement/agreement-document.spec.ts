import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { languages, unwrap } from '@hetao/kernel';
import { documentHash } from '@hetao/proofs';
import { odrlOf, plainTerms } from '@hetao/rules';
import { buyer, day, merchant, product, terms } from '../../test/sample-terms.js';
import { publishOffer } from '../offer/offer.js';
import { odrlFrom } from '../policy/policy.js';
import { agreementDocument, prevailingLanguage } from './agreement-document.js';
import { printedAgreement } from './agreement.print.js';
import { readAgreementDocument } from './agreement-reading.js';
import { agreedTerms, type AgreementMatter } from './agreement-text.js';

const offer = agreedTerms(unwrap(publishOffer({ id: 'off_1', merchant, product, terms }, day(0))));
const matter: AgreementMatter = {
  agreementId: 'agr_1',
  requestId: 'req_1',
  offer,
  merchant,
  buyer,
  purpose: 'research',
  placeOfUse: 'HK',
  origin: 'HK',
  schemaHash: 'a'.repeat(64),
};
const v2Plan = {
  version: 2,
  currency: 'CNY',
  components: [
    { kind: 'flat', id: 'base', amount: '100.00', prorate: true },
    { kind: 'package', id: 'pack', meter: 'calls', size: '1000', price: '5.00', included: '100' },
    { kind: 'minimum', id: 'least', amount: '50.00', prorate: false },
    { kind: 'prepaid', id: 'credit', price: '90.00', credit: '100.00', grant: 'once', validPeriods: 12 },
  ],
  trial: { periods: 1 },
  fee: { exchangeBps: 500, channelBps: 0 },
  parties: [{ role: 'source', participantId: 'org_source', bps: 1_000 }],
  withholding: { jurisdiction: 'HK', rateBps: 450 },
  tax: { jurisdiction: 'CN', rateBps: 600, mode: 'exclusive' },
} as unknown as AgreementMatter['offer']['plan'];
const evidence = (of: AgreementMatter) => {
  const document = agreementDocument(of);
  return {
    id: 'agr_1',
    document: document as never,
    documentHash: documentHash(document),
    consents: [],
    signatures: [],
    keys: [],
  };
};
const textOf = (of: AgreementMatter) => JSON.stringify(printedAgreement(evidence(of)).blocks);

describe('the document', () => {
  it('is one text with one hash, which every change of its matter changes', () => {
    const hash = documentHash(agreementDocument(matter));
    const changes: Partial<AgreementMatter>[] = [
      { agreementId: 'agr_2' },
      { requestId: 'req_2' },
      { purpose: 'teaching' },
      { placeOfUse: 'MO' },
      { origin: 'CN' },
      { schemaHash: null },
      { merchant: { ...merchant, jurisdiction: 'HK' } },
      { buyer: { ...buyer, name: { ...buyer.name, en: 'X' } } },
      { supersedes: { agreementId: 'agr_0', documentHash: hash, kind: 'amendment' } },
      ...(['id', 'productId', 'channelPartnerId', 'timeZone'] as const).map((name) => ({
        offer: { ...offer, [name]: 'x' },
      })),
      { offer: { ...offer, plan: v2Plan } },
      { offer: { ...offer, quota: null } },
      { offer: { ...offer, noticeDays: 7 } },
      { offer: { ...offer, renewal: { months: 12, times: 2 } } },
      { offer: { ...offer, productVersion: 9 } },
      { offer: { ...offer, term: { ...offer.term, until: day(99) } } },
      { offer: { ...offer, policy: { ...offer.policy, retentionDays: 1 } } },
    ];
    const hashes = changes.map((change) => documentHash(agreementDocument({ ...matter, ...change })));
    expect(new Set([hash, ...hashes]).size).toBe(changes.length + 1);
    expect(documentHash(JSON.parse(JSON.stringify(agreementDocument(matter))))).toBe(hash);
  });

  it('holds the policy as the one object it is evaluated and printed from', () => {
    const odrl = odrlOf({ ...plainTerms, purposes: ['research'], placesOfUse: ['HK'], maxUses: 3 });
    const full = { ...matter, offer: { ...offer, policy: { ...offer.policy, odrl } } };
    expect(readAgreementDocument(agreementDocument(full)).odrl).toEqual(odrl);
    expect(readAgreementDocument(agreementDocument(matter)).odrl).toEqual(odrlFrom(offer.policy));
  });

  it('lets the language of the merchant’s place prevail', () => {
    expect((['CN', 'HK', 'MO', 'SG', 'GB'] as const).map(prevailingLanguage)).toEqual([
      'zh-Hans',
      'zh-Hant',
      'zh-Hant',
      'en',
      'en',
    ]);
  });
});

describe('the print', () => {
  it('says every price there is, in every language', () => {
    const text = textOf({
      ...matter,
      offer: { ...offer, plan: v2Plan, renewal: { months: 12, times: 2 }, noticeDays: 7 },
      origin: 'CN',
    });
    for (const words of [
      '5.00 for each 1000 begun; 100 included',
      '90.00，可用额度 100.00，有效 12 期',
      '首 1 期為免費試用。',
      'org_source receives 10 % of net.',
      '4.5 % is withheld for the tax authority of Hong Kong.',
      '7 days’ notice',
      '每次 12 个月，至多 2 次',
      '數據由中國內地傳輸至香港',
    ]) {
      expect(text).toContain(words);
    }
  });

  it('has the same clauses in each language, the prevailing one first', () => {
    fc.assert(
      fc.property(fc.constantFrom('CN', 'HK', 'SG' as const), fc.boolean(), (jurisdiction, onwardUse) => {
        const of = {
          ...matter,
          merchant: { ...merchant, jurisdiction },
          offer: { ...offer, policy: { ...offer.policy, onwardUse } },
        };
        const { blocks, language } = printedAgreement(evidence(of));
        expect(language).toBe(prevailingLanguage(jurisdiction));
        const lists = blocks.flatMap((block) => (block.kind === 'list' ? [block.items.length] : []));
        const perLanguage = lists.length / languages.length;
        const first = lists.slice(0, perLanguage);
        expect(lists).toEqual([...first, ...first, ...first]);
      }),
      { numRuns: 20 },
    );
  });
});
