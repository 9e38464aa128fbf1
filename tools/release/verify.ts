import { openCheckpoint, verifyInclusion, type Trust } from '@hetao/proofs';
import {
  checkReleaseUse,
  verifyReleaseToken,
  type ReleaseClaims,
  type ReleaseLogReceipt,
  type ReleasePublicKey,
  type ReleaseUse,
} from '@hetao/rules';

/** What somebody holds against a token. */
export interface ReleaseQuestion {
  readonly keys: readonly ReleasePublicKey[];
  readonly at: Date;
  /** Given, the log must vouch for the release. */
  readonly trust: Trust | null;
  /** Given, the release must cover it. */
  readonly use: ReleaseUse | null;
}
export interface ReleaseVerdict {
  readonly holds: boolean;
  /** What was found, for a person to read. */
  readonly lines: readonly string[];
}

/** Checks a release token without asking anybody. */
export async function verifyRelease(token: string, { keys, at, trust, use }: ReleaseQuestion): Promise<ReleaseVerdict> {
  const checked = await verifyReleaseToken(
    token,
    keys,
    at,
    trust === null ? undefined : (receipt) => receiptFault(receipt, trust),
  );
  if (!checked.ok) return refused(checked.error);
  const covered = use === null ? null : checkReleaseUse(checked.value, use);
  if (covered?.ok === false) return refused(covered.error);
  return { holds: true, lines: describe(checked.value, { logged: trust !== null, covered: covered !== null }) };
}

/** What is wrong with a receipt: the checkpoint must be signed by a trusted log, and the leaf be under its root. */
export async function receiptFault(receipt: ReleaseLogReceipt, trust: Trust): Promise<string | null> {
  const opened = await openCheckpoint(receipt.checkpoint, trust);
  if (!opened.ok) return opened.error.detail;
  const { size, root } = opened.value;
  const { leaf_hash: leafHash, leaf_index: index, inclusion_path: path } = receipt;
  if (size === receipt.tree_size && verifyInclusion({ leafHash, index, size, path, root })) return null;
  return `Leaf ${index} is not in the log of ${size} leaves that the checkpoint signs.`;
}

function refused({ code, detail, fix }: { readonly code: string; readonly detail: string; readonly fix: string }) {
  return { holds: false, lines: [`${code}: ${detail}`, fix] };
}

function describe(
  claims: ReleaseClaims,
  { logged, covered }: { logged: boolean; covered: boolean },
): readonly string[] {
  const { scope, quota, log_receipt: receipt } = claims;
  const until = new Date(claims.exp * 1000).toISOString();
  return [
    `valid: release ${claims.jti} of declaration ${claims.declaration_id}, until ${until}`,
    `exporter ${claims.exporter_id}, recipient ${scope.recipient_id} in ${scope.destination}, purpose ${scope.purpose}`,
    `fields ${scope.fields.join(', ')}; onward transfer ${scope.onward ? 'declared' : 'none'}`,
    `persons at issue: general ${String(quota.general_remaining)}, sensitive ${String(quota.sensitive_remaining)}`,
    `pathway ${claims.pathway} by rule ${claims.rule_id} of ${claims.rule_set.id} ${claims.rule_set.version}`,
    `official reference ${claims.official_ref}; facts ${claims.facts_sha256}`,
    ...(logged && receipt !== null ? [`logged as leaf ${receipt.leaf_index} of ${receipt.tree_size}`] : []),
    ...(covered ? ['the use is covered'] : []),
    'Suspension and revocation are not in a token: ask customs before relying on it.',
  ];
}
