import type { LocalizedText } from '@hetao/kernel';

/** How a paper of one country is made good in another: the Apostille Convention of 1961, or a notary of the place. */
export const legalisations = ['apostille', 'notarised'] as const;
export type Legalisation = (typeof legalisations)[number];

/** One paper a place asks for. The tables beside hold nothing else, so that a change of law is a change of data. */
export interface Requirement {
  /** Unique over all tables. */
  readonly id: string;
  readonly title: LocalizedText;
  /** Roles that must show it. */
  readonly roles: 'all' | readonly string[];
  readonly legalisation: Legalisation | null;
  /** Whether the paper itself names its last day. */
  readonly expires: boolean;
  /** How old it may be when it is handed in; null when age does not matter. */
  readonly maxAgeMonths: number | null;
  /** Law and article, or authority, that asks for it. */
  readonly article: LocalizedText;
}
