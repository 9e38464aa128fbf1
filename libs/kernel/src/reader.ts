/** Who reads, as far as tenant isolation cares; the runtime's CallerIdentity is one. */
export interface Reader {
  readonly organisationId: string;
  readonly personas: readonly string[];
  readonly via: string;
}

/** True for those who run or audit the exchange, and for its own processes: they see every tenant's rows. */
export function seesEveryTenant({ personas, via }: Pick<Reader, 'personas' | 'via'>): boolean {
  return via === 'system' || personas.includes('operator') || personas.includes('auditor');
}

/** True when the reader may see what belongs to this organisation alone. */
export function seesTenant(reader: Reader, organisationId: string): boolean {
  return seesEveryTenant(reader) || reader.organisationId === organisationId;
}
