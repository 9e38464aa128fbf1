import { canonicalJson } from '@hetao/kernel';
import type { ExchangeApi } from '../../exchange/api.js';
import type { AccessRequest, Agreement, Offer, Organisation, Product } from './answers.js';
import type { DealPlan, OfferPlan, OrganisationPlan, ProductPlan, World } from './world/world.js';

/**
 * What the exchange holds of the demo: read once, then kept up with what is made. Things are found by what they say,
 * not by ids remembered elsewhere, so an exchange that was filled half goes on from wherever it stands.
 */
export class Found {
  readonly #organisations = new Map<string, Organisation>();
  readonly #products = new Map<string, Product>();
  readonly #offers = new Map<string, Offer>();
  readonly #requests = new Map<string, AccessRequest>();
  readonly #agreements = new Map<string, Agreement>();
  readonly #slugs: ReadonlyMap<string, string>;
  readonly #productPlans: ReadonlyMap<string, ProductPlan>;
  readonly #offerPlans: ReadonlyMap<string, OfferPlan>;

  private constructor(world: World) {
    this.#slugs = new Map(world.organisations.map(({ slug, registration }) => [slug, registration.name.en]));
    this.#productPlans = new Map(world.products.map((plan) => [plan.key, plan]));
    this.#offerPlans = new Map(world.offers.map((plan) => [plan.key, plan]));
  }

  static async read(operator: ExchangeApi, world: World): Promise<Found> {
    const found = new Found(world);
    const [organisations, products, offers, requests, agreements] = await Promise.all([
      operator.list<Organisation>('/v1/participants'),
      operator.list<Product>('/v1/products'),
      operator.list<Offer>('/v1/offers'),
      operator.list<AccessRequest>('/v1/access-requests'),
      operator.list<Agreement>('/v1/agreements'),
    ]);
    organisations.forEach((one) => found.keepOrganisation(one));
    products.forEach((one) => found.keepProduct(one));
    offers.forEach((one) => found.keepOffer(one));
    requests.forEach((one) => found.keepRequest(one));
    agreements.forEach((one) => found.keepAgreement(one));
    return found;
  }

  keepOrganisation(one: Organisation): void {
    this.#organisations.set(one.name.en, one);
  }

  keepProduct(one: Product): void {
    this.#products.set(`${one.merchant_id} ${one.name.en}`, one);
  }

  keepOffer(one: Offer): void {
    this.#offers.set(offerName(one.product_id, one.plan), one);
  }

  keepRequest(one: AccessRequest): void {
    this.#requests.set(`${one.offer_id} ${one.buyer_id}`, one);
  }

  keepAgreement(one: Agreement): void {
    this.#agreements.set(one.id, one);
  }

  organisation({ registration }: OrganisationPlan): Organisation | undefined {
    return this.#organisations.get(registration.name.en);
  }

  /** @throws Error for an organisation that nobody registered yet */
  organisationId(slug: string): string {
    const organisation = this.#organisations.get(this.#slugs.get(slug) ?? '');
    if (organisation === undefined) throw new Error(`The organisation "${slug}" is not on the exchange.`);
    return organisation.id;
  }

  product({ merchant, draft }: ProductPlan): Product | undefined {
    return this.#products.get(`${this.organisationId(merchant)} ${draft.name.en}`);
  }

  offer({ product, plan }: OfferPlan): Offer | undefined {
    const productPlan = this.#productPlans.get(product);
    const known = productPlan && this.#organisations.has(this.#slugs.get(productPlan.merchant) ?? '');
    const listed = known ? this.product(productPlan) : undefined;
    return listed && this.#offers.get(offerName(listed.id, plan));
  }

  request({ offer, buyer }: DealPlan): AccessRequest | undefined {
    const plan = this.#offerPlans.get(offer);
    const published = plan && this.offer(plan);
    return published && this.#requests.get(`${published.id} ${this.organisationId(buyer)}`);
  }

  agreement(deal: DealPlan): Agreement | undefined {
    return this.#agreements.get(this.request(deal)?.agreement_id ?? '');
  }

  productPlan(key: string): ProductPlan | undefined {
    return this.#productPlans.get(key);
  }

  offerPlan(key: string): OfferPlan | undefined {
    return this.#offerPlans.get(key);
  }

  counts(): { readonly merchants: number; readonly products: number; readonly agreements: number } {
    const merchants = [...this.#organisations.values()].filter(
      ({ roles, status }) => roles.includes('merchant') && status === 'approved',
    );
    return { merchants: merchants.length, products: this.#products.size, agreements: this.#agreements.size };
  }
}

/** Offers have no names: within a product, each has a price plan of its own. */
function offerName(productId: string, plan: object): string {
  return `${productId} ${canonicalJson(plan)}`;
}
