import { randomUUID } from 'node:crypto';
import { type ExchangeApi, until } from './api.js';
import { makeApiKey, type Credentials } from './sign-in.js';

/** Somebody who takes part, in one role. */
export interface Newcomer {
  readonly role: 'merchant' | 'buyer';
  readonly jurisdiction: string;
  readonly name: { readonly en: string; readonly 'zh-Hans': string; readonly 'zh-Hant': string };
  readonly scopes: readonly string[];
  /** Who signs in for it; without, somebody whom nobody else knows. */
  readonly member?: Pick<Credentials, 'email' | 'password'>;
}

const bank_account = { name: 'Clearing', account_number: '6222000100015001', bic: 'BKCHCNBJ' };
const PASSWORD = 'cedar-harbour-quiet-lantern-29';

/** Registers and approves an organisation, opens a member's account, and signs him in. @returns his API key */
export async function enrol(url: string, officer: ExchangeApi, newcomer: Newcomer): Promise<string> {
  const { role, jurisdiction, name, scopes } = newcomer;
  const registration = { name, jurisdiction, roles: [role], home_currency: 'CNY', bank_account };
  const { id } = await officer.post<{ readonly id: string }>('/v1/participants', registration);
  await officer.post(`/v1/participants/${id}/approve`);
  const { email, password } = newcomer.member ?? {
    email: `${role}-${randomUUID()}@clearing.example`,
    password: PASSWORD,
  };
  const member = { organisation_id: id, email, password, display_name: email, personas: [role] };
  await until(`The account of ${email}`, () =>
    officer.post('/v1/members', member).then(
      () => true,
      () => undefined,
    ),
  );
  return makeApiKey(url, { email, password }, { name: 'clearing', scopes });
}
