import { checkUsagePolicy, odrlOf, plainTerms, PolicyEvaluator, type PolicyUse } from '@hetao/rules';
import { figures, table, type Figure } from './report.js';

const CASES = 4_096;
const ROUND_MS = 2_000;
const DAY_MS = 86_400_000;
const BEGIN = Date.UTC(2026, 0, 1);
const PURPOSES = ['research', 'teaching', 'model-training', 'quality-control'];
const PLACES = ['HK', 'MO', 'CN'];

/** What most licences say: four purposes in three places, a term, a number of uses, deletion, attribution, no resale. */
const policy = odrlOf({
  ...plainTerms,
  purposes: PURPOSES,
  placesOfUse: PLACES,
  retentionDays: 90,
  maxUses: 1_000,
  notBefore: new Date(BEGIN).toISOString(),
  notAfter: new Date(BEGIN + 300 * DAY_MS).toISOString(),
  attribution: true,
});
const window = { from: new Date(BEGIN), until: new Date(BEGIN + 365 * DAY_MS) };

interface Measured {
  readonly perSecond: number;
  readonly evaluations: number;
  readonly cpuSeconds: number;
}

/**
 * Policy evaluations a second on one core: the decision alone, the decision with its reasons in three languages, and the
 * check when a policy is defined; against the same rules written out by hand.
 */
export function benchPolicies(): Promise<void> {
  const evaluator = new PolicyEvaluator(policy);
  const cases = makeCases();
  const wrong = cases.filter((use) => evaluator.permits(use) !== byHand(use)).length;
  const granted = cases.filter(byHand).length;
  if (wrong > 0) throw new Error(`Evaluator and baseline disagree on ${wrong} of ${CASES} cases: no figure.`);

  const works = {
    'decision alone': (use: PolicyUse) => evaluator.permits(use),
    'answer with every clause explained in three languages': (use: PolicyUse) => evaluator.evaluate(use).permitted,
    'read from ODRL and decided once': (use: PolicyUse) => new PolicyEvaluator(policy).permits(use),
    'checked for contradictions when defined': () => checkUsagePolicy(policy, { window }).ok,
  };
  measure(cases, byHand, 300);
  const baseline = measure(cases, byHand, ROUND_MS);
  const measured = Object.entries(works).map(([name, work]) => {
    measure(cases, work, 300);
    return [name, measure(cases, work, ROUND_MS)] as const;
  });
  const row = (name: string, { perSecond, evaluations, cpuSeconds }: Measured) => [
    ...[name, Math.round(perSecond).toLocaleString('en'), evaluations.toLocaleString('en'), cpuSeconds.toFixed(2)],
  ];
  table(
    'Usage policies on one core',
    ['', '/s', 'evaluations', 'CPU-s'],
    [
      ...measured.map(([name, each]) => row(name, each)),
      row('baseline: the same rules by hand, decision alone', baseline),
    ],
  );
  const conditions =
    `${CASES} fixed uses, ${granted} of them permitted, under a policy of ${PURPOSES.length} purposes, ${PLACES.length} places, ` +
    'a term, a count, two prohibitions and two obligations; per CPU-second of one thread';
  const compared = { baseline: 'hand-written if/else, decision alone', baselineValue: baseline.perSecond };
  figures(
    measured.map(([name, { perSecond }]): Figure => ({
      ...{ figure: `policy: ${name}`, value: perSecond, unit: '1/s', conditions },
      ...compared,
    })),
  );
  return Promise.resolve();
}

/** The same uses in every run: a fixed pseudo-random sequence, a fact in ten left out, so that all branches are taken. */
function makeCases(): readonly PolicyUse[] {
  let state = 0x2026_1123;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const maybe = <T>(value: T): T | undefined => (next(10) === 0 ? undefined : value);
  return Array.from({ length: CASES }, () => {
    const at = BEGIN + next(340) * DAY_MS;
    return {
      action: next(8) === 0 ? 'distribute' : 'use',
      at: new Date(at),
      purpose: maybe([...PURPOSES, 'marketing'][next(5)]),
      place: maybe([...PLACES, 'US'][next(4)]),
      count: maybe(1 + next(1_100)),
      receivedAt: new Date(at - next(100) * DAY_MS),
      fulfilled: next(3) === 0 ? ['delete'] : [],
    };
  });
}

function byHand({ action, at, purpose, place, count, receivedAt, fulfilled = [] }: PolicyUse): boolean {
  if (action !== 'use') return false;
  if (purpose === undefined || !PURPOSES.includes(purpose)) return false;
  if (place === undefined || !PLACES.includes(place)) return false;
  if (count === undefined || count > 1_000) return false;
  const now = at.getTime();
  if (now < BEGIN || now > BEGIN + 300 * DAY_MS) return false;
  return fulfilled.includes('delete') || receivedAt === undefined || now <= receivedAt.getTime() + 90 * DAY_MS;
}

function measure(cases: readonly PolicyUse[], work: (use: PolicyUse) => boolean, ms: number): Measured {
  const cpu = process.cpuUsage();
  const start = performance.now();
  let [evaluations, permitted] = [0, 0];
  while (performance.now() - start < ms) {
    // In parts, so that slow work too ends in time.
    for (const use of cases.slice(evaluations % CASES, (evaluations % CASES) + 64)) permitted += work(use) ? 1 : 0;
    evaluations += 64;
  }
  const { user, system } = process.cpuUsage(cpu);
  const cpuSeconds = (user + system) / 1e6;
  // Looked at, so that no work can be left out unnoticed.
  if (permitted === 0) throw new Error('Nothing was permitted: no figure.');
  return { perSecond: evaluations / cpuSeconds, evaluations, cpuSeconds };
}
