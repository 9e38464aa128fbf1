import { err, ok, type Result } from '@hetao/kernel';
import { identityErrors, type IdentityError } from './identity.errors.js';
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
}

export interface MemberRequest {
  readonly organisationId: string;
  readonly email: string;
  readonly displayName: string;
  readonly personas: readonly Persona[];
  readonly password: string;
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
  if (!sponsor.personas.includes('operator')) {
    if (sponsor.organisationId !== request.organisationId) {
      const detail = `You act for ${sponsor.organisationId}, not for ${request.organisationId}.`;
      return err(identityErrors.MEMBER_OF_ANOTHER_ORGANISATION(detail, { pointer: '/organisation_id' }));
    }
    const beyond = request.personas.filter(
      (persona) => OF_THE_EXCHANGE.has(persona) || !sponsor.personas.includes(persona),
    );
    if (beyond.length > 0) {
      const detail = `You cannot give: ${beyond.join(', ')}.`;
      return err(identityErrors.PERSONA_NOT_YOURS_TO_GIVE(detail, { pointer: '/personas' }));
    }
  }
  const fault = passwordFault(request.password, [request.email, request.displayName]);
  if (fault !== undefined && request.demo === undefined) {
    return err(identityErrors.PASSWORD_NOT_ACCEPTED(fault, { pointer: '/password' }));
  }
  return ok({ ...request, email: normaliseEmail(request.email), personas: [...new Set(request.personas)] });
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
