import { err, ok, type Result } from '@hetao/kernel';
import { identityErrors, type IdentityError } from './identity.errors.js';
import { rolesFault, type MemberRole } from './member-role.js';
import { passwordFault } from './password-rules.js';

/** The four kinds of people. What each may do is decided by the service that does it. */
export const personas = ['merchant', 'buyer', 'operator', 'auditor'] as const;

export type Persona = (typeof personas)[number];

/** Somebody who can sign in, always for exactly one organisation. */
export interface Account {
  readonly id: string;
  readonly organisationId: string;
  readonly email: string;
  readonly displayName: string;
  readonly personas: readonly Persona[];
  readonly roles: readonly MemberRole[];
  /** argon2id in PHC form, or null when only an outside identity provider knows the person. */
  readonly passwordHash: string | null;
  /** Made for a demonstration: may be signed in to with one click while DEMO=1. */
  readonly demo: boolean;
  /** Offered on the sign-in page of the demonstration. */
  readonly demoCard: boolean;
  readonly disabledAt: Date | null;
  readonly createdAt: Date;
}

/** Personas that speak for the exchange itself: only it may give them. */
const OF_THE_EXCHANGE: ReadonlySet<Persona> = new Set(['operator', 'auditor']);

/** One spelling per mailbox, so that `A@x` and `a@x` cannot be two accounts. */
export function normaliseEmail(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase();
}

/** Who asks for a member, as far as it matters here. */
export interface MemberSponsor {
  readonly organisationId: string;
  readonly personas: readonly Persona[];
  /** Undefined for the exchange's own acts, such as its first operator. */
  readonly roles?: readonly MemberRole[] | undefined;
}

export interface MemberRequest {
  readonly organisationId: string;
  readonly email: string;
  readonly displayName: string;
  readonly personas: readonly Persona[];
  readonly password: string;
  /** What the member does for the organisation; an owner, unless it is said. */
  readonly roles?: readonly MemberRole[] | undefined;
  /** An account of the demonstration's own cast, on the sign-in page or not; its password may be one everybody knows. */
  readonly demo?: 'card' | 'hidden' | undefined;
}

/**
 * Whether the sponsor may add this member: an operator anybody; a member of the same organisation those who get no
 * more than they have, and never a persona of the exchange. The cast of a demonstration is the operator's to make, and
 * only where there is one.
 */
export function decideMember(
  sponsor: MemberSponsor,
  request: MemberRequest,
  rules: { readonly isDemonstration: boolean },
): Result<MemberRequest, IdentityError> {
  if (request.demo !== undefined) {
    const refusal = demoRefusal(sponsor, rules.isDemonstration);
    if (refusal !== undefined) return err(identityErrors.DEMO_ACCOUNT_REFUSED(refusal, { pointer: '/demo' }));
  }
  const refused = sponsorRefusal(sponsor, request);
  if (refused !== undefined) return err(refused);
  const fault = passwordFault(request.password, [request.email, request.displayName]);
  if (fault !== undefined && request.demo === undefined) {
    return err(identityErrors.PASSWORD_NOT_ACCEPTED(fault, { pointer: '/password' }));
  }
  return ok({ ...request, email: normaliseEmail(request.email), personas: [...new Set(request.personas)] });
}

/** What is said against this sponsor's word for a member, however the member comes to a password. */
export function sponsorRefusal(
  sponsor: MemberSponsor,
  request: Pick<MemberRequest, 'organisationId' | 'personas' | 'roles'>,
): IdentityError | undefined {
  const wrongRoles = rolesFault(request.roles ?? []);
  if (wrongRoles !== undefined) return identityErrors.MEMBER_ROLES_INVALID(wrongRoles, { pointer: '/roles' });
  if (sponsor.personas.includes('operator')) return undefined;
  if (sponsor.organisationId !== request.organisationId) {
    const detail = `You act for ${sponsor.organisationId}, not for ${request.organisationId}.`;
    return identityErrors.MEMBER_OF_ANOTHER_ORGANISATION(detail, { pointer: '/organisation_id' });
  }
  if (sponsor.roles?.includes('owner') === false) {
    return identityErrors.MEMBER_ROLE_NEEDED('Members are added by an owner of the organisation.');
  }
  const beyond = request.personas.filter(
    (persona) => OF_THE_EXCHANGE.has(persona) || !sponsor.personas.includes(persona),
  );
  if (beyond.length === 0) return undefined;
  return identityErrors.PERSONA_NOT_YOURS_TO_GIVE(`You cannot give: ${beyond.join(', ')}.`, { pointer: '/personas' });
}

/** The first account of every kind of people, so that each side of a demonstration is one click away. */
export function oneOfEachPersona(accounts: readonly Account[]): readonly Account[] {
  const order = ['operator', 'merchant', 'buyer', 'auditor'] as const;
  const found = order.flatMap((persona) => accounts.find((account) => account.personas[0] === persona) ?? []);
  return [...new Set(found)];
}

function demoRefusal(sponsor: MemberSponsor, isDemonstration: boolean): string | undefined {
  if (!isDemonstration) return 'This exchange is no demonstration: it has no accounts that anybody may use.';
  return sponsor.personas.includes('operator') ? undefined : 'Demo accounts are made by the operator.';
}
