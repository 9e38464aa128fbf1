import type { tour } from '../../locales/en/tour.js';
import type { Persona } from '../page-state.js';
import type { PathOfPage } from '../router-paths.js';

/** One card: where it stands, and what is said there. */
export interface Card {
  readonly page: PathOfPage;
  readonly says: keyof typeof tour.card;
}

/** A role's day in its order: five cards at most, since nobody reads a sixth. */
const CARDS: Readonly<Record<Persona, readonly Card[]>> = {
  buyer: [
    { page: '/', says: 'home' },
    { page: '/catalog', says: 'find' },
    { page: '/contracts', says: 'sign' },
    { page: '/access', says: 'use' },
    { page: '/invoices', says: 'recompute' },
  ],
  merchant: [
    { page: '/', says: 'home' },
    { page: '/merchant/listings', says: 'list' },
    { page: '/merchant/requests', says: 'answer' },
    { page: '/declarations', says: 'declare' },
    { page: '/merchant/payouts', says: 'paid' },
  ],
  operator: [
    { page: '/', says: 'queues' },
    { page: '/ops/inbox', says: 'inbox' },
    { page: '/ops/clearance', says: 'clear' },
    { page: '/ops/reconciliation', says: 'reconcile' },
    { page: '/ops/system', says: 'trust' },
  ],
  auditor: [
    { page: '/', says: 'auditHome' },
    { page: '/audit', says: 'search' },
    { page: '/audit/verify', says: 'verify' },
    { page: '/audit/cases', says: 'perform' },
  ],
};

/** The tour of somebody with these roles: that of the first, which is what they mostly are. */
export function cardsFor(personas: readonly Persona[]): readonly Card[] {
  const [first] = personas;
  return first === undefined ? [] : CARDS[first];
}
