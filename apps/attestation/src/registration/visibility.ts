/** A reader, as far as tenant isolation cares; the runtime's CallerIdentity is one. */
export interface Reader {
  readonly organisationId: string;
  readonly personas: readonly string[];
  readonly via: string;
}

/** True for those who run or audit the exchange, and for its own processes: they see every tenant's rows. */
export function seesEveryTenant({ personas, via }: Reader): boolean {
  return via === 'system' || personas.includes('operator') || personas.includes('auditor');
}
