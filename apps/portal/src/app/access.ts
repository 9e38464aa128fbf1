import type { Persona } from './page-state.js';

/** Whom a page is for. `public`: strangers too. Left out: everybody who is signed in. */
export type Audience = 'public' | readonly Persona[];

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    readonly audience?: Audience;
  }
}

/** What to show instead of a page: nothing (`open`), the way to sign in, or that it is for others. */
export function accessTo(
  audience: Audience | undefined,
  personas: readonly Persona[] | undefined,
): 'open' | 'sign-in' | 'forbidden' {
  if (audience === 'public') return 'open';
  if (personas === undefined) return 'sign-in';
  if (audience === undefined || audience.some((persona) => personas.includes(persona))) return 'open';
  return 'forbidden';
}
