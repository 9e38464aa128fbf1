import type { JsonValue } from '@hetao/kernel';

/** A comparison of one fact (ODRL 2.2 information model 2.5.1). Texts are as somebody spelled them. */
export interface OdrlTest {
  readonly leftOperand: string;
  readonly operator: string;
  /** A text, an object such as `{"@value": "5"}`, or a list; never a bare number or boolean (Dataspace Protocol). */
  readonly rightOperand: JsonValue;
}

/** Constraints put together (ODRL 2.2 information model 2.5.2); exactly one of the members is there. */
export interface OdrlLogic {
  readonly and?: readonly OdrlConstraint[];
  readonly or?: readonly OdrlConstraint[];
  readonly xone?: readonly OdrlConstraint[];
  readonly andSequence?: readonly OdrlConstraint[];
}
export type OdrlConstraint = OdrlTest | OdrlLogic;

/** What must be done. */
export interface OdrlDuty {
  readonly action: string;
  /** All of them must hold. */
  readonly constraint?: readonly OdrlConstraint[];
}
/** What may be done, with what must be done for it; or what must not. */
export interface OdrlRule extends OdrlDuty {
  readonly duty?: readonly OdrlDuty[];
}

/**
 * The rules of an ODRL policy in the shape the Dataspace Protocol 2025-1 gives them, without what ties them to one offer
 * or agreement (`@id`, `target`, parties, time). Terms stay spelled as they came, since peers compare spellings.
 */
export interface OdrlPolicy {
  readonly profile?: string | readonly string[];
  readonly permission?: readonly OdrlRule[];
  readonly prohibition?: readonly OdrlRule[];
  readonly obligation?: readonly OdrlDuty[];
}

/** How constraints are put together. */
export const connectives = ['and', 'or', 'xone', 'andSequence'] as const;
export type Connective = (typeof connectives)[number];

const ODRL = 'http://www.w3.org/ns/odrl/2/';
const PREFIX = 'odrl:';

/** A term of ODRL without its prefix, in whichever of its three spellings it came; any other text as it is. */
export function termOf(spelled: string): string {
  if (spelled.startsWith(ODRL)) return spelled.slice(ODRL.length);
  return spelled.startsWith(PREFIX) ? spelled.slice(PREFIX.length) : spelled;
}

/** One step more of an RFC 6901 pointer. */
export function at(pointer: string, step: string | number): string {
  return `${pointer}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
