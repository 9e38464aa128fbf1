/** How a declaration may stand. */
export const declarationStatuses = [
  'draft',
  'self_check',
  'consulting',
  'submitted',
  'returned',
  'in_authority',
  'decided_pass',
  'decided_refused',
  'exempt_memo',
  'released',
  'suspended',
  'expired',
  'revoked',
] as const;
export type DeclarationStatus = (typeof declarationStatuses)[number];

/** The stations of a declaration that goes well, in their order; what is beside the way stands at the station it left. */
export const stations = ['draft', 'self_check', 'submitted', 'in_authority', 'decided_pass', 'released'] as const;

const AT: Readonly<Record<DeclarationStatus, number>> = {
  draft: 0,
  returned: 0,
  self_check: 1,
  consulting: 1,
  submitted: 2,
  in_authority: 3,
  decided_pass: 4,
  decided_refused: 4,
  exempt_memo: 4,
  released: 5,
  suspended: 5,
  expired: 5,
  revoked: 5,
};

/** How far a declaration has come, as the index of its station, and whether it stands there against its will. */
export function stationOf(status: DeclarationStatus): { readonly at: number; readonly stopped: boolean } {
  return {
    at: AT[status],
    stopped: ['returned', 'decided_refused', 'suspended', 'expired', 'revoked'].includes(status),
  };
}
