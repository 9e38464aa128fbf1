import type { BoardEntry, CustomsFinding, Declaration, Release } from '@hetao/client';

/** The board's lanes: whose hands a declaration is in. */
export const lanes = {
  arrived: ['submitted'],
  authority: ['in_authority'],
  decided: ['decided_pass', 'exempt_memo'],
  released: ['released', 'suspended'],
} as const satisfies Readonly<Record<string, readonly BoardEntry['status'][]>>;
export type Lane = keyof typeof lanes;
export const laneNames = Object.keys(lanes) as readonly Lane[];

/** How much attention a risk score asks for; `holdAt` is where the policy holds by itself. */
export function riskTone(score: number, holdAt: number): 'good' | 'warn' | 'bad' {
  if (score >= holdAt) return 'bad';
  return score * 2 >= holdAt ? 'warn' : 'good';
}

/** What an officer may do with a declaration as it stands; the customs service decides in the end. */
export interface OfficerMoves {
  readonly forward: boolean;
  readonly giveBack: boolean;
  readonly decide: boolean;
  readonly release: boolean;
  readonly hold: boolean;
}

export function officerMoves({ status, commands }: Pick<Declaration, 'status' | 'commands'>): OfficerMoves {
  return {
    forward: commands.includes('forward'),
    giveBack: commands.includes('return'),
    decide: commands.includes('pass'),
    release: commands.includes('release'),
    hold: status === 'submitted' || status === 'in_authority' || commands.includes('release'),
  };
}

/** Who entered the decision: another officer has to release. */
export function decidedBy(
  history: readonly { readonly command: string; readonly by_subject: string }[],
): string | null {
  return history.findLast(({ command }) => command === 'pass' || command === 'exempt')?.by_subject ?? null;
}

/** The release of a declaration among those of its agreement. */
export function releaseOf(releases: readonly Release[], declarationId: string): Release | undefined {
  return releases.find((release) => release.declaration_id === declarationId);
}

/** A question about all of it. */
export const WHOLE = '/form';

const FORM_PLACES = [
  ...['exporter', 'scenario', 'necessity', 'fields', 'deidentification', 'recipient_control', 'storage_place'],
  ...['retention_days', 'onward_transfers', 'other_channels', 'list_lookup', 'contract', 'assessment'],
];

/** What an officer may ask about: the whole, a part of the form, or one of the papers of the pathway. */
export function placesToAsk(finding: Pick<CustomsFinding, 'requirement' | 'alternatives'>): readonly string[] {
  const papers = [finding.requirement, ...finding.alternatives].flatMap((way) => way?.documents ?? []);
  return [
    WHOLE,
    ...FORM_PLACES.map((name) => `${WHOLE}/${name}`),
    ...new Set(papers.map(({ id }) => `/documents/${id}`)),
  ];
}
