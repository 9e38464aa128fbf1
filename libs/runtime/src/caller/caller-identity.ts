import { z } from 'zod';

/** The four kinds of people of the exchange. */
export const personas = ['merchant', 'buyer', 'operator', 'auditor'] as const;
export type Persona = (typeof personas)[number];

/** How the caller came in: a person's session, a machine's key, or one of our own processes. */
export const callerVias = ['session', 'api_key', 'system'] as const;

/** Who sends a request, as the gateway established it. */
export interface CallerIdentity {
  /** Id of the user, the API key, or the name of the process. */
  readonly subject: string;
  /** The organisation (participant) the caller acts for. */
  readonly organisationId: string;
  readonly personas: readonly Persona[];
  /** What an API key may do; empty for people. */
  readonly scopes: readonly string[];
  readonly via: (typeof callerVias)[number];
  readonly displayName: string;
}

/** The claims of an identity beside the registered ones of RFC 7519. */
export const callerClaims = z.object({
  sub: z.string().min(1).max(200),
  org: z.string().max(200),
  personas: z.array(z.enum(personas)).max(personas.length),
  scopes: z.array(z.string().min(1).max(100)).max(50),
  via: z.enum(callerVias),
  name: z.string().max(300),
});
