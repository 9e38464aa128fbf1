/** Where the exchange's participants sit, ISO 3166-1 alpha-2. */
export const jurisdictions = ['CN', 'HK', 'MO', 'SG', 'MY', 'VN', 'GB', 'US'] as const;

/** ISO 3166-1 alpha-2 code of a jurisdiction the exchange serves. Hong Kong and Macao have law of their own. */
export type Jurisdiction = (typeof jurisdictions)[number];

/** Narrows any value to a jurisdiction the exchange serves. */
export function isJurisdiction(value: unknown): value is Jurisdiction {
  return (jurisdictions as readonly unknown[]).includes(value);
}
