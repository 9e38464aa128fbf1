/** What is read of a product, by weight. */
export interface Readable {
  /** Names, keywords: what a product is called, in every language. */
  readonly names: readonly string[];
  /** Everything else that is said of it. */
  readonly texts: readonly string[];
}
