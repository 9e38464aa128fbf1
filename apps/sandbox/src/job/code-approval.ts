/** Somebody's word that code may run on an enclave. */
export interface CodeApproval {
  /** SHA-256 of kind and body, as a job tells it. */
  readonly codeHash: string;
  readonly name: string;
  /** Null: a template, for every agreement on the enclave. */
  readonly agreementId: string | null;
  readonly approvedBy: string;
  readonly approvedAt: Date;
  readonly withdrawnAt: Date | null;
}
