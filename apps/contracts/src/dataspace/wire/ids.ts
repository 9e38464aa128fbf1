/** Our ids on the wire are IRIs; ids that are not ours (a conformance seed's, a peer's) travel as they are. */
const KINDS = [
  ['prd_', 'urn:hetao:product:'],
  ['off_', 'urn:hetao:offer:'],
  ['agr_', 'urn:hetao:agreement:'],
] as const;

/** Ids a conformance run prescribes for things of ours; empty in business. */
const prescribed = { iris: new Map<string, string>(), ids: new Map<string, string>() };

/** Lets something of ours travel under an id we did not choose: for the seeds of a conformance run. */
export function prescribeIri(id: string, iri: string): void {
  prescribed.iris.set(id, iri);
  prescribed.ids.set(iri, id);
}

/** As in `off_01…` → `urn:hetao:offer:off_01…`. */
export function iriOf(id: string): string {
  const given = prescribed.iris.get(id);
  if (given !== undefined) return given;
  const kind = KINDS.find(([prefix]) => id.startsWith(prefix));
  return kind === undefined ? id : `${kind[1]}${id}`;
}

/** The way back. */
export function idOf(iri: string): string {
  const given = prescribed.ids.get(iri);
  if (given !== undefined) return given;
  const kind = KINDS.find(([prefix, urn]) => iri.startsWith(`${urn}${prefix}`));
  return kind === undefined ? iri : iri.slice(kind[1].length);
}

/** A pid as one segment of a path. Colons stay as they are: not every peer decodes what need not be encoded. */
export function segmentOf(pid: string): string {
  return encodeURIComponent(pid).replaceAll('%3A', ':');
}
