import type { ExchangeApi } from '../../exchange/api.js';
import type { Organisation, Product } from './answers.js';
import { lastToFirst } from './at-most.js';
import type { Found } from './found.js';
import { AT_ONCE, type Making } from './making.js';
import type { OrganisationPlan, ProductPlan } from './world/world.js';

/** Registers, approves and, where the story wants it, suspends; then opens an account for who trades. */
export async function makeOrganisations({ cast, found, world, progress }: Making): Promise<void> {
  progress.stage('organisations');
  await lastToFirst(AT_ONCE, world.organisations, async (plan) => {
    found.keepOrganisation(await standingOf(cast.operator, plan, found));
    if (plan.member !== undefined && !cast.hasKey(plan.member)) await cast.as(plan.slug, found);
    progress.advance();
  });
}

async function standingOf(operator: ExchangeApi, plan: OrganisationPlan, found: Found): Promise<Organisation> {
  let one = found.organisation(plan) ?? (await operator.post<Organisation>('/v1/participants', plan.registration));
  const path = `/v1/participants/${one.id}`;
  if (plan.standing !== 'registered' && one.status === 'registered') {
    one = await operator.post<Organisation>(`${path}/approve`);
    // Only on the way from registered: whom the operator reinstated since is not suspended again.
    if (plan.standing === 'suspended')
      one = await operator.post<Organisation>(`${path}/suspend`, { reason: plan.reason });
  }
  return one;
}

/** Drafts every product and takes its listing as far as it is to go; what stands further on is left there. */
export async function makeProducts({ cast, found, world, progress }: Making): Promise<void> {
  progress.stage('products');
  await lastToFirst(AT_ONCE, world.products, async (plan) => {
    const known = found.product(plan);
    if (known === undefined || isUnfinished(plan, known)) {
      const merchant = await cast.as(plan.merchant, found);
      found.keepProduct(await listingOf(plan, known, { merchant, operator: cast.operator }));
    }
    progress.advance();
  });
}

/** Whether a step that the plan wants is still possible. */
function isUnfinished({ listing }: ProductPlan, { status }: Product): boolean {
  if (status === 'draft') return listing.state !== 'draft';
  if (status === 'submitted') return listing.state !== 'draft' && listing.state !== 'submitted';
  return status === 'listed' && listing.state === 'delisted';
}

async function listingOf(
  plan: ProductPlan,
  known: Product | undefined,
  { merchant, operator }: { readonly merchant: ExchangeApi; readonly operator: ExchangeApi },
): Promise<Product> {
  const { listing } = plan;
  let product = known ?? (await merchant.post<Product>('/v1/products', plan.draft));
  const path = `/v1/products/${product.id}`;
  while (isUnfinished(plan, product)) {
    if (product.status === 'draft') product = await merchant.post<Product>(`${path}/submit`);
    else if (product.status === 'listed')
      product = await merchant.post<Product>(`${path}/delist`, { reason: reasonOf(plan) });
    else if (listing.state === 'returned')
      product = await operator.post<Product>(`${path}/return`, { reason: listing.reason });
    else product = await operator.post<Product>(`${path}/approve`);
  }
  return product;
}

function reasonOf({ key, listing }: ProductPlan): string {
  if ('reason' in listing) return listing.reason;
  throw new Error(`The product ${key} has no reason to be taken off the market.`);
}
