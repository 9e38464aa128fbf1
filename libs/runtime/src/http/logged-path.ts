/** Ids are shorter than this; what is longer is a token or a hash. */
const LONGEST_ID = 40;
const SHOWN = 6;

/** A path as it may stand in a log: of a long segment, which may be a secret address such as a feed's, only the start. */
export function loggedPath(path: string): string {
  return path
    .split('/')
    .map((segment) => (segment.length > LONGEST_ID ? `${segment.slice(0, SHOWN)}…` : segment))
    .join('/');
}
