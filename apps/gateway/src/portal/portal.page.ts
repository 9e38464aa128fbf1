import type { Language } from '@hetao/kernel';
import type { Account } from '../identity/account.js';

/** What the portal knows before it asked anything: it is written into its page. */
export interface PortalState {
  readonly language: Language;
  readonly demo: boolean;
  readonly publicUrl: string;
  /** The organisation of operators and auditors. */
  readonly exchangeId: string;
  /** As GET /v1/me answers; null for a stranger. */
  readonly me: PortalCaller | null;
  /** Whose place a visitor of a demonstration may take, with one click. */
  readonly people: readonly PortalPerson[];
}

interface PortalCaller {
  readonly account_id: string;
  readonly organisation_id: string;
  readonly email: string;
  readonly display_name: string;
  readonly personas: readonly string[];
  readonly csrf_token: string;
  readonly session_ends_at: string;
}

export interface PortalPerson {
  readonly id: string;
  readonly email: string;
  readonly display_name: string;
  readonly personas: readonly string[];
}

export function toPerson({ id, email, displayName, personas }: Account): PortalPerson {
  return { id, email, display_name: displayName, personas };
}

const NONCE_WORD = /__NONCE__/g;
const STATE_PLACE = '<!--page-state-->';

/**
 * The portal's page for one answer: its nonce, its language, and its state as data. A script of type application/json
 * is never run, so it needs no exception in the policy; `<` is escaped so that no name can end it.
 */
export function portalPage(template: string, nonce: string, state: PortalState): string {
  const json = JSON.stringify(state).replaceAll('<', String.raw`\u003c`);
  return template
    .replace('<html lang="en">', `<html lang="${state.language}">`)
    .replace(STATE_PLACE, () => `<script type="application/json" id="page-state">${json}</script>`)
    .replace(NONCE_WORD, nonce);
}

/**
 * Nothing from outside, nothing inline but what carries the nonce of this answer: antd writes its styles at run time.
 * `formTargets` are origins to which signing out may lead in the end.
 */
export function portalPolicy(nonce: string, formTargets: readonly string[]): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "frame-src 'self'",
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
