import { type ExchangeApi, ExchangeProblem, until } from '../../exchange/api.js';
import type { Organisation, Product } from './answers.js';
import type { Member } from './keyring.js';
import { product } from './story.js';

type Registration = Readonly<Record<string, unknown>> & { readonly name: { readonly en: string } };

/** Finds the organisation by its name, or registers it; then sees it approved. */
export async function onboard(operator: ExchangeApi, registration: Registration): Promise<Organisation> {
  const known = await operator.list<Organisation>('/v1/participants');
  const found =
    known.find((organisation) => organisation.name.en === registration.name.en) ??
    (await operator.post<Organisation>('/v1/participants', registration));
  return found.status === 'approved' ? found : operator.post<Organisation>(`/v1/participants/${found.id}/approve`);
}

/** Opens the member's account; the gateway hears of an approved organisation a moment after the catalog decided. */
export async function enrol(operator: ExchangeApi, organisationId: string, member: Member): Promise<void> {
  const { email, password, displayName, personas } = member;
  const body = { organisation_id: organisationId, email, password, display_name: displayName, personas };
  await until(`The account of ${email}`, async () => {
    try {
      await operator.post('/v1/members', body);
      return true;
    } catch (error) {
      if (!(error instanceof ExchangeProblem)) throw error;
      if (error.code === 'ACCOUNT_EMAIL_TAKEN') return true;
      if (error.status === 404 || error.status === 409) return undefined;
      throw error;
    }
  });
}

/** Finds the merchant's product by its name, or drafts it; submits it, and lets the operator review and list it. */
export async function listProduct(merchant: ExchangeApi, operator: ExchangeApi, merchantId: string): Promise<Product> {
  const known = await merchant.list<Product>(`/v1/products?merchant_id=${merchantId}`);
  let current = known.find((candidate) => candidate.name.en === product.name.en);
  current ??= await merchant.post<Product>('/v1/products', product);
  if (current.status === 'draft' || current.status === 'returned') {
    current = await merchant.post<Product>(`/v1/products/${current.id}/submit`);
  }
  return current.status === 'listed' ? current : operator.post<Product>(`/v1/products/${current.id}/approve`);
}
