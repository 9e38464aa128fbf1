import { Inject, Injectable } from '@nestjs/common';
import { err, newId, ok, type Result } from '@hetao/kernel';
import { isUniqueViolation, UnitOfWork, type Tx } from '@hetao/persistence';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import type { Actor, AuditAct } from '../audit/audit.js';
import { AuditTrail } from '../audit/audit.repository.js';
import type { KnownCaller } from '../session/caller.register.js';
import { decideMember, type Account, type MemberRequest } from './account.js';
import { AccountRepository } from './account.repository.js';
import { identityErrors, type IdentityError } from './identity.errors.js';
import { IdentityRules } from './identity.rules.js';
import { OrganisationDirectory } from './organisation.directory.js';
import { PasswordHasher } from './password.hasher.js';

/** Makes accounts out of decided requests; shared by members, seeds and the set-up link. */
@Injectable()
export class OpenAccount {
  readonly #uow: UnitOfWork;
  readonly #config: GatewayConfig;
  readonly #accounts: AccountRepository;
  readonly #hasher: PasswordHasher;
  #castHash: { readonly password: string; readonly hash: string } | undefined;

  constructor(
    uow: UnitOfWork,
    @Inject(SERVICE_CONFIG) config: GatewayConfig,
    accounts: AccountRepository,
    hasher: PasswordHasher,
  ) {
    this.#uow = uow;
    this.#config = config;
    this.#accounts = accounts;
    this.#hasher = hasher;
  }

  /** @param noted told of the account in the transaction that makes it */
  async execute(
    member: MemberRequest,
    now: Date,
    noted: (tx: Tx, account: Account) => Promise<void> = () => Promise.resolve(),
  ): Promise<Result<Account, IdentityError>> {
    const taken = () =>
      err(identityErrors.ACCOUNT_EMAIL_TAKEN(`${member.email} has an account.`, { pointer: '/email' }));
    // Looked up first, so that a repeated request does not cost a hash.
    if ((await this.#accounts.byEmail(member.email)) !== undefined) return taken();
    try {
      return ok(
        await this.#uow.run(async (tx) => {
          const account = await this.within(tx, member, now);
          await noted(tx, account);
          return account;
        }),
      );
    } catch (error) {
      if (isUniqueViolation(error)) return taken();
      throw error;
    }
  }

  /** In a transaction of the caller's; an address that is taken violates its unique key. */
  async within(tx: Tx, member: MemberRequest, now: Date): Promise<Account> {
    const { password, demo, roles = ['owner'], ...person } = member;
    const account: Account = {
      ...person,
      id: newId('acc'),
      roles,
      passwordHash: await (demo === undefined ? this.#hasher.hash(password) : this.#hashForCast(password)),
      // Whoever joins a demonstration belongs to it, and is gone with it.
      demo: this.#config.DEMO,
      demoCard: demo === 'card',
      disabledAt: null,
      createdAt: now,
    };
    await this.#accounts.insert(tx, account);
    if (account.personas.some((persona) => persona === 'merchant' || persona === 'buyer')) {
      await this.#accounts.joinsTeam(tx, account.organisationId, now);
    }
    return account;
  }

  /** Everybody knows the password of a demonstration's cast: one hash for all of them saves a second of its first start. */
  async #hashForCast(password: string): Promise<string> {
    if (this.#castHash?.password === password) return this.#castHash.hash;
    const hash = await this.#hasher.hash(password);
    this.#castHash = { password, hash };
    return hash;
  }
}

/** Adds somebody to an organisation, on the word of the operator or of a member. */
@Injectable()
export class AddMember {
  readonly #directory: OrganisationDirectory;
  readonly #openAccount: OpenAccount;
  readonly #audit: AuditTrail;
  readonly #rules: IdentityRules;

  constructor(directory: OrganisationDirectory, openAccount: OpenAccount, audit: AuditTrail, rules: IdentityRules) {
    this.#directory = directory;
    this.#openAccount = openAccount;
    this.#audit = audit;
    this.#rules = rules;
  }

  async execute(by: KnownCaller, actor: Actor, request: MemberRequest): Promise<Result<Account, IdentityError>> {
    const { organisationId, personas } = by.identity;
    const sponsor = { organisationId, personas, roles: by.roles };
    const decided = decideMember(sponsor, request, { isDemonstration: this.#rules.demo });
    if (!decided.ok) return decided;
    const known = await this.#directory.require(decided.value.organisationId);
    if (!known.ok) return known;
    return this.#openAccount.execute(decided.value, this.#rules.clock.now(), (tx, account) =>
      this.#audit.note(tx, memberAct(actor, 'member.added', account)),
    );
  }
}

/** What the audit says of somebody's account. */
export function memberAct(
  actor: Actor,
  action: 'member.added' | 'member.joined' | 'member.changed' | 'member.closed',
  { id, organisationId, personas, roles }: Account,
): AuditAct {
  return { actor, action, object: id, organisationId, result: 'done', detail: { personas, roles } };
}
