/** One thing a document must be about: any of these ways to say it, of which every term is in the document. */
export interface Clause {
  readonly anyOf: readonly (readonly string[])[];
}
