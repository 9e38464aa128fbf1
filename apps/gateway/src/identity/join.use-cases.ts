import { Injectable } from '@nestjs/common';
import { err, type Result } from '@hetao/kernel';
import { isUniqueViolation, UnitOfWork } from '@hetao/persistence';
import type { Account } from './account.js';
import { identityErrors, type IdentityError } from './identity.errors.js';
import { IdentityRules } from './identity.rules.js';
import { acceptInvitation, type Invitation } from './invitation.js';
import { InvitationRepository } from './invitation.repository.js';
import { memberAct, OpenAccount } from './member.use-cases.js';
import { passwordFault } from './password-rules.js';

/** Who joins, with the token of the link as the permission. */
export interface Joining {
  readonly token: string;
  readonly displayName: string;
  readonly password: string;
  readonly requestId: string | null;
}

/** Lets somebody who was invited make the account. */
@Injectable()
export class Join {
  readonly #uow: UnitOfWork;
  readonly #invitations: InvitationRepository;
  readonly #openAccount: OpenAccount;
  readonly #rules: IdentityRules;

  constructor(uow: UnitOfWork, invitations: InvitationRepository, openAccount: OpenAccount, rules: IdentityRules) {
    this.#uow = uow;
    this.#invitations = invitations;
    this.#openAccount = openAccount;
    this.#rules = rules;
  }

  /** The invitation, while it can be used. */
  async usable(token: string): Promise<Result<Invitation, IdentityError>> {
    return acceptInvitation(await this.#invitations.byToken(token), this.#rules.clock.now());
  }

  /** Two who use one link at once make one account. */
  async execute({ token, displayName, password, requestId }: Joining): Promise<Result<Account, IdentityError>> {
    try {
      return await this.#uow.runResult(async (tx): Promise<Result<Account, IdentityError>> => {
        const now = this.#rules.clock.now();
        const invitation = acceptInvitation(await this.#invitations.byToken(token, tx), now);
        if (!invitation.ok) return invitation;
        const { id, organisationId, email, personas, roles } = invitation.value;
        const fault = passwordFault(password, [email, displayName]);
        if (fault !== undefined) return err(identityErrors.PASSWORD_NOT_ACCEPTED(fault, { pointer: '/password' }));
        const member = { organisationId, email, displayName, personas, roles, password };
        const account = await this.#openAccount.within(tx, member, now);
        const actor = { subject: account.id, accountId: account.id, organisationId, via: 'invitation', address: null };
        await this.#invitations.accept(tx, id, now, memberAct({ ...actor, requestId }, 'member.joined', account));
        return { ok: true, value: account };
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return err(identityErrors.ACCOUNT_EMAIL_TAKEN('This e-mail address has got an account meanwhile.'));
    }
  }
}
