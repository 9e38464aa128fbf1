/** What the checks know beside the product. */
export interface CheckFacts {
  /** Calendar date of the exchange, ISO 8601. */
  readonly today: string;
  /** Last day of the merchant's certificate; null when it has none. */
  readonly merchantCertificateUntil: string | null;
  /** Whether a product without a card is taken in. */
  readonly basicListings: boolean;
  /** Approved participants the card refers to, with their roles. */
  readonly bodies: ReadonlyMap<string, readonly string[]>;
}
