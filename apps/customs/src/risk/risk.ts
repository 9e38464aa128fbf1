import type { LocalizedText } from '@hetao/kernel';
import { conditionState, type Condition, type Facts, type SplittingRule } from '@hetao/rules';

/** What adds to the risk of a declaration, and how much. Its condition reads the facts and the signals below. */
export interface RiskRule {
  readonly id: string;
  readonly text: LocalizedText;
  readonly when: Condition;
  readonly points: number;
}
/** How the exchange looks at risk: data, versioned, changed by two officers. The law says nothing of these numbers. */
export interface RiskPolicy {
  readonly version: number;
  /** From this score on a declaration is held until two officers let it go. */
  readonly holdAt: number;
  readonly rules: readonly RiskRule[];
  readonly splitting: readonly SplittingRule[];
}

/** What the exchange knows about a declaration beside its facts; risk rules name them `risk.<name>`. */
export interface RiskSignals {
  /** Nothing was ever released to this recipient by this exporter. */
  readonly firstRecipient: boolean;
  /** Highest count of the year in percent of the limit of its pathway; null where volume ends nothing. */
  readonly percentOfLimit: number | null;
  /** The recipient may pass the data on. */
  readonly onward: boolean;
  readonly retentionDays: number | null;
  /** Rules against splitting that apply to it. */
  readonly splitting: readonly string[];
  /** Facts that the exporter answered otherwise in another declaration. */
  readonly contradictions: readonly { readonly fact: string; readonly declarationId: string }[];
  readonly needsPerson: boolean;
  readonly timesReturned: number;
}

/** One reason of a score, with what it rests on. */
export interface RiskReason {
  readonly rule: string;
  readonly points: number;
  readonly evidence: readonly string[];
}
export interface Risk {
  readonly score: number;
  readonly reasons: readonly RiskReason[];
}

/** The signals as facts that conditions can read. */
export const signalFacts = [
  { key: 'risk.first_recipient', type: 'bool' },
  { key: 'risk.percent_of_limit', type: 'int' },
  { key: 'risk.onward', type: 'bool' },
  { key: 'risk.retention_days', type: 'int' },
  { key: 'risk.splitting', type: 'int' },
  { key: 'risk.contradictions', type: 'int' },
  { key: 'risk.needs_person', type: 'bool' },
  { key: 'risk.times_returned', type: 'int' },
] as const;

/** Adds up what applies. A rule of which it is unknown whether it applies adds nothing: the law's own rules ask for it. */
export function scoreRisk(policy: RiskPolicy, facts: Facts, signals: RiskSignals): Risk {
  const known: Facts = {
    ...facts,
    'risk.first_recipient': signals.firstRecipient,
    'risk.percent_of_limit': signals.percentOfLimit,
    'risk.onward': signals.onward,
    'risk.retention_days': signals.retentionDays,
    'risk.splitting': signals.splitting.length,
    'risk.contradictions': signals.contradictions.length,
    'risk.needs_person': signals.needsPerson,
    'risk.times_returned': signals.timesReturned,
  };
  const reasons = policy.rules
    .filter(({ when }) => conditionState(when, known) === 'true')
    .map(({ id, points, when }) => ({ rule: id, points, evidence: evidenceFor(when, known, signals) }));
  return { score: reasons.reduce((sum, { points }) => sum + points, 0), reasons };
}

function evidenceFor(when: Condition, known: Facts, signals: RiskSignals): readonly string[] {
  const read = new Set([...when.all, ...(when.any ?? []).flatMap(({ all }) => all)].map(([key]) => key));
  const details: Readonly<Record<string, readonly string[]>> = {
    'risk.splitting': signals.splitting,
    'risk.contradictions': signals.contradictions.map(({ fact, declarationId }) => `${fact} in ${declarationId}`),
  };
  return [...read].flatMap((key) => [`${key} = ${String(known[key])}`, ...(details[key] ?? [])]);
}

/** Whether officers have let go exactly what holds it now: every reason was before them when they lifted a hold. */
export function isAccepted(risk: Risk, lifted: readonly (readonly string[])[]): boolean {
  return lifted.some((seen) => risk.reasons.every(({ rule }) => seen.includes(rule)));
}
