import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Result } from '@hetao/kernel';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import { keyFor } from '../gateway.secrets.js';
import { DemoAccounts } from '../identity/demo-accounts.use-cases.js';
import { identityErrors, type IdentityError } from '../identity/identity.errors.js';
import { CheckPassword } from '../identity/sign-in.use-cases.js';
import type { SecondFactorError } from '../second-factor/second-factor.errors.js';
import { CheckCode } from '../second-factor/check-code.use-cases.js';
import type { IdentifyForm } from './identify.dto.js';
import { openTicket, sealTicket } from './sign-in-ticket.codec.js';

/** Where and in which sign-in something is proved. */
export interface ProvingPlace {
  /** The sign-in the provider waits for. */
  readonly uid: string;
  /** Group of addresses that counts as one place. */
  readonly address: string;
  readonly requestId: string | null;
}

/** Who it is, and how that was proved (`amr`, RFC 8176); or what has to be proved beside the password. */
export type Proof =
  | { readonly kind: 'known'; readonly accountId: string; readonly amr: readonly string[] }
  | { readonly kind: 'half'; readonly ticket: string; readonly error?: SecondFactorError | IdentityError };

/** From what somebody typed to who it is: a password, a demo account, and a code where the account asks for one. */
@Injectable()
export class ProveIdentity {
  readonly #passwords: CheckPassword;
  readonly #demo: DemoAccounts;
  readonly #codes: CheckCode;
  readonly #key: Buffer;

  constructor(
    passwords: CheckPassword,
    demo: DemoAccounts,
    codes: CheckCode,
    @Inject(SERVICE_CONFIG) config: GatewayConfig,
  ) {
    this.#passwords = passwords;
    this.#demo = demo;
    this.#codes = codes;
    this.#key = keyFor('sign-in-ticket', config.SESSION_SECRET);
  }

  async execute(form: IdentifyForm, place: ProvingPlace): Promise<Result<Proof, IdentityError>> {
    if (form.ticket !== '') return this.#byCode(form, place);
    const found = await this.#accountOf(form, place.address);
    if (!found.ok) return found;
    const accountId = found.value;
    if (!(await this.#codes.isAsked(accountId))) return ok({ kind: 'known', accountId, amr: ['pwd'] });
    return ok({ kind: 'half', ticket: await sealTicket(this.#key, { accountId, uid: place.uid }) });
  }

  async #byCode({ ticket, code }: IdentifyForm, place: ProvingPlace): Promise<Result<Proof, IdentityError>> {
    const half = await openTicket(this.#key, ticket, place.uid);
    if (half === undefined) return err(identityErrors.CREDENTIALS_WRONG('The password was typed too long ago.'));
    const taken = await this.#codes.execute(half.accountId, code, place);
    if (!taken.ok) return ok({ kind: 'half', ticket, error: taken.error });
    return ok({ kind: 'known', accountId: half.accountId, amr: ['pwd', 'otp'] });
  }

  async #accountOf(form: IdentifyForm, address: string): Promise<Result<string, IdentityError>> {
    if (form.demo_account !== '') return this.#demo.choose(form.demo_account);
    const checked = await this.#passwords.execute({ ...form, address });
    return checked.ok ? ok(checked.value.id) : err(checked.error);
  }
}
