import { err, ok, type Result } from '@hetao/kernel';
import type { RuleSet } from '@hetao/rules';
import { ruleSetErrors, type RuleSetError } from './rule-set.errors.js';

export interface Signature {
  readonly subject: string;
  readonly at: string;
}
/** One version of the rules on its way to being published, or published for ever. */
export interface RuleSetVersion {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  /** ISO date from which it decides. */
  readonly effectiveFrom: string;
  readonly content: RuleSet;
  readonly contentSha256: string;
  readonly status: 'proposed' | 'published';
  readonly signatures: readonly Signature[];
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly publishedAt: Date | null;
}

/** How many different people must have read a version and signed its hash before it decides anything. */
export const SIGNATURES_NEEDED = 2;

/**
 * Signs a version by its hash; the second person's signature publishes it. The same person signing again changes
 * nothing, and a hash that is not the version's shows that something else was read.
 */
export function signRuleSet(
  before: RuleSetVersion,
  sign: { readonly subject: string; readonly contentSha256: string; readonly at: Date },
): Result<RuleSetVersion, RuleSetError> {
  if (sign.contentSha256 !== before.contentSha256) {
    return err(
      ruleSetErrors.RULE_SET_HASH_DIFFERS(
        `Version ${before.version} has the hash ${before.contentSha256}; you signed ${sign.contentSha256}.`,
      ),
    );
  }
  if (before.status === 'published' || before.signatures.some(({ subject }) => subject === sign.subject))
    return ok(before);
  const signatures = [...before.signatures, { subject: sign.subject, at: sign.at.toISOString() }];
  const published = signatures.length >= SIGNATURES_NEEDED;
  return ok({
    ...before,
    signatures,
    status: published ? 'published' : 'proposed',
    publishedAt: published ? sign.at : null,
  });
}
