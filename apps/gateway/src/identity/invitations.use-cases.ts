import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { err, newId, ok, type Result } from '@hetao/kernel';
import { asEveryTenant, UnitOfWork, type Tx } from '@hetao/persistence';
import type { Actor, AuditAct } from '../audit/audit.js';
import { AuditTrail } from '../audit/audit.repository.js';
import type { KnownCaller } from '../session/caller.register.js';
import { identityErrors, type IdentityError } from './identity.errors.js';
import { IdentityRules } from './identity.rules.js';
import { decideInvitation, invitationLifeMs, type Invitation, type InvitationRequest } from './invitation.js';
import { InvitationRepository } from './invitation.repository.js';
import { managesMembers } from './membership.js';

/** Open invitations of one organisation at once. */
const MOST_OPEN = 50;

/** An invitation with the token of its link. */
export interface MadeInvitation {
  readonly invitation: Invitation;
  readonly token: string;
}

/** Asks people to join an organisation, and takes that back. */
@Injectable()
export class Invitations {
  readonly #uow: UnitOfWork;
  readonly #invitations: InvitationRepository;
  readonly #audit: AuditTrail;
  readonly #rules: IdentityRules;

  constructor(uow: UnitOfWork, invitations: InvitationRepository, audit: AuditTrail, rules: IdentityRules) {
    this.#uow = uow;
    this.#invitations = invitations;
    this.#audit = audit;
    this.#rules = rules;
  }

  /** The only answer that ever holds the token. */
  invite(by: KnownCaller, actor: Actor, request: InvitationRequest): Promise<Result<MadeInvitation, IdentityError>> {
    const { organisationId, personas } = by.identity;
    const decided = decideInvitation({ organisationId, personas, roles: by.roles }, request);
    if (!decided.ok) return Promise.resolve(decided);
    // An address has one account in the whole exchange, so it is looked for in every organisation.
    return asEveryTenant(() => this.#uow.runResult((tx) => this.#make(tx, actor, by.accountId, decided.value)));
  }

  async #make(
    tx: Tx,
    actor: Actor,
    invitedBy: string,
    wanted: InvitationRequest,
  ): Promise<Result<MadeInvitation, IdentityError>> {
    const now = this.#rules.clock.now();
    if ((await this.#invitations.countOpen(tx, wanted.organisationId, now)) >= MOST_OPEN) {
      return err(identityErrors.MEMBERS_TOO_MANY(`${MOST_OPEN} invitations are open.`));
    }
    const [taken] = await tx.query('SELECT 1 FROM accounts WHERE email = $1', [wanted.email]);
    if (taken !== undefined) {
      const detail = `${wanted.email} has an account.`;
      return err(identityErrors.ACCOUNT_EMAIL_TAKEN(detail, { pointer: '/email' }));
    }
    const token = randomBytes(32).toString('base64url');
    const invitation: Invitation = {
      ...wanted,
      ...{ id: newId('ivt'), invitedBy, createdAt: now, acceptedAt: null, revokedAt: null },
      expiresAt: new Date(now.getTime() + invitationLifeMs),
    };
    await this.#invitations.insert(tx, invitation, token);
    await this.#note(tx, actor, 'member.invited', invitation);
    return ok({ invitation, token });
  }

  list(by: KnownCaller, afterId: string, limit: number): Promise<Invitation[]> {
    return this.#invitations.ofOrganisation(by.identity.organisationId, afterId, limit);
  }

  revoke(by: KnownCaller, actor: Actor, id: string): Promise<Result<Invitation, IdentityError>> {
    const { organisationId, personas } = by.identity;
    if (!managesMembers({ organisationId, personas, roles: by.roles }, organisationId)) {
      const detail = 'Invitations are revoked by an owner of the organisation.';
      return Promise.resolve(err(identityErrors.MEMBER_ROLE_NEEDED(detail)));
    }
    return this.#uow.runResult(async (tx) => {
      const revoked = await this.#invitations.revoke(tx, organisationId, id, this.#rules.clock.now());
      if (revoked === undefined) return err(identityErrors.INVITATION_NOT_FOUND(`${id} is not open.`));
      await this.#note(tx, actor, 'invitation.revoked', revoked);
      return ok(revoked);
    });
  }

  #note(tx: Tx, actor: Actor, action: AuditAct['action'], invitation: Invitation): Promise<void> {
    const { id: object, organisationId, roles } = invitation;
    return this.#audit.note(tx, { actor, action, object, organisationId, result: 'done', detail: { roles } });
  }
}
