import { Inject, Injectable } from '@nestjs/common';
import { UnitOfWork } from '@hetao/persistence';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import { normaliseEmail, type Account } from '../identity/account.js';
import { AccountRepository } from '../identity/account.repository.js';
import type { IssuerWord } from './openid.client.js';
import { OutsideIdentityRepository } from './outside-identity.repository.js';

/** Says which of our members an issuer means. */
@Injectable()
export class RecogniseMember {
  readonly #uow: UnitOfWork;
  readonly #accounts: AccountRepository;
  readonly #outside: OutsideIdentityRepository;
  readonly #issuer: string | undefined;

  constructor(
    uow: UnitOfWork,
    accounts: AccountRepository,
    outside: OutsideIdentityRepository,
    @Inject(SERVICE_CONFIG) config: GatewayConfig,
  ) {
    this.#uow = uow;
    this.#accounts = accounts;
    this.#outside = outside;
    this.#issuer = config.OIDC_ISSUER;
  }

  /**
   * The provider inside names our accounts. One outside is believed for a verified e-mail address once: that binds its
   * subject to the account. From then on the subject alone counts, so that an address which its owner gave up, and which
   * the issuer gave to somebody else, opens nothing.
   */
  async execute({ subject, email }: IssuerWord): Promise<Account | undefined> {
    const issuer = this.#issuer;
    if (issuer === undefined) return this.#accounts.byId(subject);
    const known = await this.#outside.accountOf({ issuer, subject });
    if (known !== undefined) return this.#accounts.byId(known);
    const account = email === undefined ? undefined : await this.#accounts.byEmail(normaliseEmail(email));
    if (account === undefined) return undefined;
    if (await this.#uow.run((tx) => this.#outside.bind(tx, { issuer, subject }, account))) return account;
    // Two first sign-ins of one person at once: the other one has bound them.
    return (await this.#outside.accountOf({ issuer, subject })) === account.id ? account : undefined;
  }
}
