import type { ErrorItem } from '@hetao/kernel';

/** How much a finding weighs: it ends the listing, it holds it up, or the reviewer should know. */
export const findingLevels = ['forbidden', 'blocking', 'advice'] as const;
export type FindingLevel = (typeof findingLevels)[number];

/** What an automatic check found, where, and the rule that asks for it. */
export interface Finding {
  readonly code: string;
  readonly level: FindingLevel;
  /** RFC 6901, into the product as the API shows it. */
  readonly pointer: string;
  readonly detail: string;
  /** Law and article, or standard; null where it is the exchange's own rule. */
  readonly article: string | null;
}

/** Findings of a level as the items of an error. */
export function findingItems(findings: readonly Finding[], level: FindingLevel): ErrorItem[] {
  return findings
    .filter((finding) => finding.level === level)
    .map(({ pointer, code, detail, article }) => ({
      pointer,
      code,
      detail: article === null ? detail : `${detail} (${article})`,
    }));
}
