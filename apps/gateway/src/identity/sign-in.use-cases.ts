import { Injectable } from '@nestjs/common';
import { err, ok, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { normaliseEmail, type Account } from './account.js';
import { AccountRepository } from './account.repository.js';
import { identityErrors, type IdentityError } from './identity.errors.js';
import { PasswordHasher } from './password.hasher.js';
import { SignInFailureRepository, type Throttled } from './sign-in-failure.repository.js';
import { perAddress, perEmail } from './sign-in-throttle.js';

/** What somebody typed, and from where. */
export interface Credentials {
  readonly email: string;
  readonly password: string;
  /** Group of addresses that counts as one place. */
  readonly address: string;
}

/** Checks e-mail address and password. */
@Injectable()
export class CheckPassword {
  readonly #uow: UnitOfWork;
  readonly #accounts: AccountRepository;
  readonly #failures: SignInFailureRepository;
  readonly #hasher: PasswordHasher;

  constructor(uow: UnitOfWork, accounts: AccountRepository, failures: SignInFailureRepository, hasher: PasswordHasher) {
    this.#uow = uow;
    this.#accounts = accounts;
    this.#failures = failures;
    this.#hasher = hasher;
  }

  /** The account, or one answer for every way of being wrong, so that nobody learns which addresses have accounts. */
  async execute(credentials: Credentials): Promise<Result<Account, IdentityError>> {
    const email = normaliseEmail(credentials.email);
    const throttled: readonly Throttled[] = [
      { kind: 'email', value: email, limits: perEmail },
      { kind: 'address', value: credentials.address, limits: perAddress },
    ];
    const wait = await this.#uow.run((tx) => this.#failures.count(tx, throttled));
    if (wait > 0) {
      const seconds = Math.ceil(wait / 1000);
      const meta = { retry_after_seconds: seconds };
      return err(identityErrors.SIGN_IN_THROTTLED(`Try again in ${seconds} s.`, { meta }));
    }
    const account = await this.#accounts.byEmail(email);
    const fits = await this.#hasher.matches(credentials.password, account?.passwordHash);
    if (!fits || account === undefined || account.disabledAt !== null) {
      if (account !== undefined)
        await this.#uow.run((tx) => this.#accounts.noteRefusal(tx, account, credentials.address));
      return err(identityErrors.CREDENTIALS_WRONG('No account fits this e-mail address and password.'));
    }
    await this.#uow.run((tx) => this.#failures.forgive(tx, throttled));
    return ok(account);
  }
}
