import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Result } from '@hetao/kernel';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import type { Account } from './account.js';
import { AccountRepository } from './account.repository.js';
import { identityErrors, type IdentityError } from './identity.errors.js';

/** The accounts of a demonstration, which anybody may sign in to. Without DEMO=1 there are none. */
@Injectable()
export class DemoAccounts {
  readonly #accounts: AccountRepository;
  readonly #config: GatewayConfig;

  constructor(accounts: AccountRepository, @Inject(SERVICE_CONFIG) config: GatewayConfig) {
    this.#accounts = accounts;
    this.#config = config;
  }

  /** Those that the sign-in page offers: one side of the trade each, out of many. */
  async list(): Promise<readonly Account[]> {
    return this.#config.DEMO ? this.#accounts.demoCards() : [];
  }

  /** The account's id, if it may be chosen without a password. */
  async choose(id: string): Promise<Result<string, IdentityError>> {
    const account = this.#config.DEMO ? await this.#accounts.byId(id) : undefined;
    if (account?.demo !== true || account.disabledAt !== null) {
      return err(identityErrors.CREDENTIALS_WRONG('There is no such demo account.'));
    }
    return ok(account.id);
  }
}
