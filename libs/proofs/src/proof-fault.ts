/** Why a proof is not believed. */
export type ProofFaultCode =
  | 'checkpoint_malformed'
  | 'checkpoint_forged'
  | 'log_unknown'
  | 'witness_missing'
  | 'receipt_malformed'
  | 'inclusion_invalid'
  | 'statement_malformed'
  | 'statement_forged'
  | 'record_malformed'
  | 'record_mismatch';

/** One reason, with a sentence for people. */
export interface ProofFault {
  readonly code: ProofFaultCode;
  readonly detail: string;
}

export function fault(code: ProofFaultCode, detail: string): ProofFault {
  return { code, detail };
}
