import { Injectable } from '@nestjs/common';
import { err, ok, seesEveryTenant, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import type { Actor } from '../audit/audit.js';
import { AuditTrail } from '../audit/audit.repository.js';
import type { KnownCaller } from '../session/caller.register.js';
import type { Account } from './account.js';
import { AccountRepository } from './account.repository.js';
import { identityErrors, type IdentityError } from './identity.errors.js';
import { IdentityRules } from './identity.rules.js';
import { memberAct } from './member.use-cases.js';
import { changeMember, type MemberChange } from './membership.js';

/** The people of an organisation: who they are, what each does for it, and whose account is closed. */
@Injectable()
export class Members {
  readonly #uow: UnitOfWork;
  readonly #accounts: AccountRepository;
  readonly #audit: AuditTrail;
  readonly #rules: IdentityRules;

  constructor(uow: UnitOfWork, accounts: AccountRepository, audit: AuditTrail, rules: IdentityRules) {
    this.#uow = uow;
    this.#accounts = accounts;
    this.#audit = audit;
    this.#rules = rules;
  }

  /** After an id, oldest first; the exchange's people may ask for any organisation's. */
  list(by: KnownCaller, organisationId: string | undefined, afterId: string, limit: number): Promise<Account[]> {
    const { identity } = by;
    const whose = seesEveryTenant(identity) ? (organisationId ?? identity.organisationId) : identity.organisationId;
    return this.#accounts.ofOrganisation(whose, afterId, limit);
  }

  /** Changes roles, closes or opens an account. What it was signed in with ends with the next request. */
  change(by: KnownCaller, actor: Actor, id: string, change: MemberChange): Promise<Result<Account, IdentityError>> {
    return this.#uow.runResult(async (tx): Promise<Result<Account, IdentityError>> => {
      const found = await this.#accounts.byId(id, tx);
      if (found === undefined) return err(identityErrors.MEMBER_NOT_FOUND(`There is no member ${id}.`));
      // Two owners who take the role from each other at once meet here.
      const all = await this.#accounts.lockOrganisation(tx, found.organisationId);
      const member = all.find((account) => account.id === id) ?? found;
      const { organisationId, personas } = by.identity;
      const now = this.#rules.clock.now();
      const others = all.filter((account) => account.id !== id);
      const changed = changeMember({ organisationId, personas, roles: by.roles }, member, change, { others, now });
      if (!changed.ok) return changed;
      await this.#accounts.save(tx, changed.value);
      if (member.organisationId !== this.#rules.exchange) {
        await this.#accounts.dueForTeam(tx, member.organisationId, now);
      }
      const closes = member.disabledAt === null && changed.value.disabledAt !== null;
      await this.#audit.note(tx, memberAct(actor, closes ? 'member.closed' : 'member.changed', changed.value));
      return ok(changed.value);
    });
  }
}
