import { SetMetadata } from '@nestjs/common';
import { personas, type Persona } from './caller-identity.js';

/** `system` is one of our own processes; it has no persona. */
export type AllowedCaller = Persona | 'system';

/** Who may use a route. */
export type RoutePolicy =
  | { readonly access: 'public' }
  | { readonly access: 'callers'; readonly allow: readonly AllowedCaller[]; readonly scopes: readonly string[] };

/** Metadata keys of the decorators below. */
export const ACCESS_METADATA = 'hetao:access';
export const SCOPE_METADATA = 'hetao:scopes';

/** Every signed-in caller: `@Allow(...everyone)`. */
export const everyone: readonly AllowedCaller[] = [...personas, 'system'];

/** Opens a route (or all routes of a controller) to callers who have one of these personas. */
export function Allow(...allow: readonly [AllowedCaller, ...AllowedCaller[]] | readonly AllowedCaller[]) {
  if (allow.length === 0) throw new RangeError('@Allow needs at least one persona; use @Public() for an open route.');
  return SetMetadata(ACCESS_METADATA, { access: 'callers', allow });
}

/** Opens a route to everybody, signed in or not. */
export function Public() {
  return SetMetadata(ACCESS_METADATA, { access: 'public' });
}

/**
 * Names the scopes of which an API key needs one here. A route that names none asks for `<service>:read` (GET, HEAD)
 * or `<service>:write`, so that a key made for one purpose opens nothing else. The scope `*` opens all.
 * People and our own processes have no scopes and need none.
 */
export function Scope(...scopes: readonly string[]) {
  return SetMetadata(SCOPE_METADATA, scopes);
}

/** Declares the policy of a raw Fastify route in its `config`: `fastify.get(url, { config: rawRoute.public }, …)`. */
export const rawRoute = {
  public: { hetaoPolicy: { access: 'public' } },
  /** For callers who identify themselves by other means than ours; the handler does the checking and says how. */
  ownCheck: (how: string) => ({ hetaoPolicy: { access: 'own-check', how } }),
} as const;

/** What a raw route declared, if it did. */
export type RawRoutePolicy = { readonly access: 'public' } | { readonly access: 'own-check'; readonly how: string };
