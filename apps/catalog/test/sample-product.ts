import { unwrap } from '@hetao/kernel';
import { emptyCard, type ProductCard } from '../src/card/product-card.js';
import type { DataField } from '../src/product/data-description.js';
import { draftProduct, type Product, type ProductContent } from '../src/product/product.js';

export const at = new Date('2026-02-01T00:00:00Z');
export const merchant = { subject: 'usr_merchant', organisationId: 'org_merchant' };
export const reviewer = { subject: 'usr_reviewer', organisationId: 'org_exchange' };

/** What a merchant says of a basic listing. */
export const content: ProductContent = {
  name: { en: 'Formulas', 'zh-Hans': '经典名方', 'zh-Hant': '經典名方' },
  description: { en: 'A', 'zh-Hans': '甲', 'zh-Hant': '甲' },
  kind: 'dataset',
  languages: ['zh-Hans'],
  storedIn: 'CN',
  subjectsIn: [],
  fields: [],
  geneUse: null,
  card: null,
};

export const field = (change: Partial<DataField> = {}): DataField => ({
  name: 'visit_month',
  meaning: 'Month of the visit',
  meanings: null,
  type: 'date',
  unit: null,
  nullable: null,
  personal: false,
  sensitive: false,
  importantData: false,
  health: false,
  gene: false,
  minor: false,
  exportReason: null,
  ...change,
});

export const card = (change: Partial<ProductCard> = {}): ProductCard => ({ ...emptyCard, ...change });

/** A draft of the merchant with this content. */
export const draftOf = (change: Partial<ProductContent> = {}, versionOf?: string): Product =>
  unwrap(
    draftProduct({
      id: 'prd_1',
      merchantId: 'org_merchant',
      content: { ...content, ...change },
      at,
      ...(versionOf === undefined ? {} : { versionOf }),
    }),
  );
