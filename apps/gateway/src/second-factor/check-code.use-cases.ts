import { Injectable } from '@nestjs/common';
import { err, ok, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { AccountRepository } from '../identity/account.repository.js';
import { identityErrors, type IdentityError } from '../identity/identity.errors.js';
import { SignInFailureRepository } from '../identity/sign-in-failure.repository.js';
import { perEmail } from '../identity/sign-in-throttle.js';
import type { SecondFactorError } from './second-factor.errors.js';
import { SecondFactors } from './second-factor.use-cases.js';

/** Checks the code at sign-in, as slowly as passwords are checked when it is wrong again and again. */
@Injectable()
export class CheckCode {
  readonly #uow: UnitOfWork;
  readonly #factors: SecondFactors;
  readonly #failures: SignInFailureRepository;
  readonly #accounts: AccountRepository;

  constructor(uow: UnitOfWork, factors: SecondFactors, failures: SignInFailureRepository, accounts: AccountRepository) {
    this.#uow = uow;
    this.#factors = factors;
    this.#failures = failures;
    this.#accounts = accounts;
  }

  async isAsked(accountId: string): Promise<boolean> {
    return (await this.#factors.standing(accountId)) !== undefined;
  }

  async execute(
    accountId: string,
    code: string,
    { address, requestId }: { readonly address: string; readonly requestId: string | null },
  ): Promise<Result<null, SecondFactorError | IdentityError>> {
    const throttled = [{ kind: 'code' as const, value: accountId, limits: perEmail }];
    const wait = await this.#uow.run((tx) => this.#failures.count(tx, throttled));
    if (wait > 0) {
      const seconds = Math.ceil(wait / 1000);
      const meta = { retry_after_seconds: seconds };
      return err(identityErrors.SIGN_IN_THROTTLED(`Try again in ${seconds} s.`, { meta }));
    }
    const account = await this.#accounts.byId(accountId);
    const organisationId = account?.organisationId ?? '';
    const actor = { subject: accountId, accountId, organisationId, via: 'session', requestId, address };
    const taken = await this.#factors.verify(actor, code);
    if (!taken.ok) return taken;
    await this.#uow.run((tx) => this.#failures.forgive(tx, throttled));
    return ok(null);
  }
}
