import { ExchangeApi, ExchangeProblem } from '../../exchange/api.js';
import { makeApiKey } from '../../exchange/sign-in.js';
import type { Me } from './answers.js';
import type { DemoKeys } from './demo-keys.js';
import type { Found } from './found.js';
import type { MemberPlan, OrganisationPlan } from './world/world.js';

/** Everybody's in the demo: printed at every start, and refused where DEMO is not 1. */
export const DEMO_PASSWORD = 'demo';

const SCOPES: Readonly<Record<MemberPlan['persona'], readonly string[]>> = {
  merchant: [
    'catalog:read',
    'catalog:write',
    'contracts:read',
    'contracts:write',
    'usage:read',
    'usage:write',
    'settlement:read',
    'customs:read',
    'customs:write',
    'sandbox:read',
    'sandbox:write',
    'identity:read',
    'delivery:read',
    'delivery:write',
  ],
  buyer: [
    'catalog:read',
    'catalog:write',
    'contracts:read',
    'contracts:write',
    'usage:read',
    'settlement:read',
    'sandbox:read',
    'sandbox:write',
    'identity:read',
    'delivery:read',
    'delivery:write',
  ],
};

/** The people of the demo, each calling the public API with a key of their own. */
export class Cast {
  readonly operator: ExchangeApi;
  /** Nobody releases what he decided himself. */
  readonly officer: ExchangeApi;
  readonly #apis = new Map<string, Promise<ExchangeApi>>();
  readonly #plans: ReadonlyMap<string, OrganisationPlan>;

  constructor(
    private readonly at: { readonly baseUrl: string; readonly operatorKey: string; readonly officerKey: string },
    private readonly keys: DemoKeys,
    organisations: readonly OrganisationPlan[],
  ) {
    this.operator = new ExchangeApi({ baseUrl: at.baseUrl, apiKey: at.operatorKey });
    this.officer = new ExchangeApi({ baseUrl: at.baseUrl, apiKey: at.officerKey });
    this.#plans = new Map(organisations.map((plan) => [plan.slug, plan]));
  }

  /** Whether a key of this member is kept; whether the exchange takes it is asked when it is used. */
  hasKey(member: MemberPlan): boolean {
    return this.keys.get(member.email) !== undefined;
  }

  /** The API as this organisation's member calls it; the account and its key are made when they are missing. */
  as(slug: string, found: Found): Promise<ExchangeApi> {
    const known = this.#apis.get(slug);
    if (known !== undefined) return known;
    const opened = this.#open(slug, found);
    this.#apis.set(slug, opened);
    return opened;
  }

  /** The key this organisation's member calls with: for a programme that calls by itself. */
  async keyOf(slug: string, found: Found): Promise<string> {
    await this.as(slug, found);
    const key = this.keys.get(this.#memberOf(slug).email);
    if (key === undefined) throw new Error(`No key of "${slug}" is kept.`);
    return key;
  }

  async #open(slug: string, found: Found): Promise<ExchangeApi> {
    const member = this.#memberOf(slug);
    const kept = this.keys.get(member.email);
    if (kept !== undefined) {
      const api = new ExchangeApi({ baseUrl: this.at.baseUrl, apiKey: kept });
      if (await isAccepted(api, SCOPES[member.persona])) return api;
    }
    const demoAccount = await this.#enrol(member, found.organisationId(slug));
    const credentials = { email: member.email, password: DEMO_PASSWORD, ...(demoAccount && { demoAccount }) };
    const key = { name: 'Demo world', scopes: SCOPES[member.persona] };
    const apiKey = await makeApiKey(this.at.baseUrl, credentials, key);
    await this.keys.put(member.email, apiKey);
    return new ExchangeApi({ baseUrl: this.at.baseUrl, apiKey });
  }

  #memberOf(slug: string): MemberPlan {
    const member = this.#plans.get(slug)?.member;
    if (member === undefined) throw new Error(`Nobody signs in for "${slug}".`);
    return member;
  }

  /** @returns the account's id, or undefined when there was one before: then its password is the way in */
  async #enrol(member: MemberPlan, organisationId: string): Promise<string | undefined> {
    try {
      const { id } = await this.operator.post<{ id: string }>('/v1/members', {
        organisation_id: organisationId,
        email: member.email,
        display_name: member.displayName,
        personas: [member.persona],
        password: DEMO_PASSWORD,
        demo: member.onCard ? 'card' : 'hidden',
      });
      return id;
    } catch (error) {
      if (error instanceof ExchangeProblem && error.code === 'ACCOUNT_EMAIL_TAKEN') return undefined;
      throw error;
    }
  }
}

/** A key that an earlier demo made may do less than this one needs: then a new one is made. */
async function isAccepted(api: ExchangeApi, needed: readonly string[]): Promise<boolean> {
  try {
    const { scopes } = await api.get<Me>('/v1/me');
    return needed.every((scope) => scopes.includes(scope));
  } catch (error) {
    if (error instanceof ExchangeProblem && (error.status === 401 || error.status === 403)) return false;
    throw error;
  }
}
