import type { Language } from '@hetao/kernel';

/** The four kinds of people. */
export const personas = ['buyer', 'merchant', 'operator', 'auditor'] as const;
export type Persona = (typeof personas)[number];

/** Who is signed in: as GET /v1/me answers. */
export interface Me {
  readonly account_id: string;
  readonly organisation_id: string;
  readonly email: string;
  readonly display_name: string;
  readonly personas: readonly Persona[];
  readonly csrf_token: string;
  readonly session_ends_at: string;
}

/** A person of the demonstration whose place anybody may take. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly display_name: string;
  readonly personas: readonly Persona[];
}

/** What the gateway wrote into the page: apps/gateway/src/portal/portal.page.ts. */
export interface PageState {
  readonly language: Language;
  readonly demo: boolean;
  readonly publicUrl: string;
  readonly exchangeId: string;
  readonly me: Me | null;
  readonly people: readonly Person[];
}

/** Of Vite's own server, which writes nothing into the page: a stranger's page. */
const STRANGER: PageState = {
  language: 'en',
  demo: false,
  publicUrl: '',
  exchangeId: 'org_exchange',
  me: null,
  people: [],
};

function readPageState(): PageState {
  const text = document.getElementById('page-state')?.textContent;
  return text ? (JSON.parse(text) as PageState) : STRANGER;
}

export const pageState: PageState = readPageState();

/** The nonce of this page: antd needs it for the styles it writes. */
export const nonce: string = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

/** Whether whoever is signed in has one of these roles; strangers have none. */
export function isOneOf(wanted: readonly Persona[], me: Me | null = pageState.me): boolean {
  return me !== null && wanted.some((persona) => me.personas.includes(persona));
}

/** The signed-in person, on pages that strangers never reach. */
export function signedIn(): Me {
  if (pageState.me === null) throw new Error('This page is for members; the shell keeps strangers out.');
  return pageState.me;
}
