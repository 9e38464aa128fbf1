/** The ETag of a revision (RFC 9110 8.8.3), as the exchange writes it: what a change says it was made over. */
export function etagOf(revision: number): string {
  return `"v${revision}"`;
}
