/** Why a usage statement, or a proof under one, does not hold. */
export type UsageFaultKind =
  | 'statement_malformed'
  | 'key_unknown'
  | 'signature_invalid'
  | 'event_malformed'
  | 'event_conflict'
  | 'count_differs'
  | 'totals_differ'
  | 'root_differs'
  | 'proof_malformed'
  | 'event_outside'
  | 'inclusion_invalid';

/** The kind of fault, and in words what was found. */
export interface UsageProofFault {
  readonly kind: UsageFaultKind;
  readonly detail: string;
}

export function usageFault(kind: UsageFaultKind, detail: string): UsageProofFault {
  return { kind, detail };
}
