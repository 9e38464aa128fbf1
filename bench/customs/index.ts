import { RuleEngine, szdexCrossBorder202611 as ruleSet, type Facts, type FactValue } from '@hetao/rules';
import { handWritten } from './hand-written.js';

const CASES = 4_096;
const ROUND_MS = 3_000;
const GOAL = 50_000;

interface Measured {
  readonly perSecond: number;
  readonly cpuSeconds: number;
  readonly evaluations: number;
  /** Sum over the pathways found, so that no work can be left out unnoticed. */
  readonly check: number;
}

/** Evaluations a second on one core, against the same rules written out by hand as if/else, on the same facts. */
export async function run(): Promise<void> {
  const engine = new RuleEngine(ruleSet);
  const cases = makeCases();
  const wrong = cases.filter((facts) => engine.evaluate(facts).pathway !== handWritten(facts));
  if (wrong.length > 0)
    throw new Error(`Engine and baseline disagree on ${wrong.length} of ${CASES} cases: no figure.`);

  const full = (facts: Facts): string => engine.evaluate(facts).pathway;
  for (const work of [full, handWritten]) measure(cases, work, 500);
  const engineRun = measure(cases, full, ROUND_MS);
  const baseline = measure(cases, handWritten, ROUND_MS);
  const questions = measure(cases, (facts) => String(engine.nextQuestions(facts).length), ROUND_MS);

  console.log('Customs: evaluations of the cross-border rule set on one core\n');
  table('full finding (pathway, every rule, flags, documents, citations)', engineRun);
  table('next questions', questions);
  table('baseline: if/else by hand, pathway alone', baseline);
  console.log(`\ngoal ${GOAL.toLocaleString('en')}/s: ${engineRun.perSecond >= GOAL ? 'met' : 'NOT met'}\n`);
  figure('evaluations', engineRun, baseline);
  figure('next questions', questions, baseline);
  await Promise.resolve();
}

/** The same cases in every run: a fixed pseudo-random sequence over every fact, one in six unknown. */
function makeCases(): Facts[] {
  let state = 0x2026_1122;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const counts = [0, 500, 9_999, 10_000, 99_999, 100_000, 1_000_000, 12_000_000];
  const valueOf = (fact: (typeof ruleSet.facts)[number]): FactValue | null => {
    if (next(6) === 0) return null;
    if (fact.type === 'bool') return next(2) === 1;
    if (fact.type === 'int') return counts[next(counts.length)] ?? 0;
    if (fact.key === 'tx.origin' && next(4) > 0) return 'CN';
    return fact.values[next(fact.values.length)] ?? null;
  };
  return Array.from({ length: CASES }, (_, number) => {
    const facts = Object.fromEntries(ruleSet.facts.map((fact) => [fact.key, valueOf(fact)]));
    // Half of the cases get past the stops, as real questions do.
    return number % 2 === 0
      ? facts
      : { ...facts, 'd.core_or_secret': false, 'rcp.listed_42': false, 'd.hgr': 'none', 'tx.purpose': 'academic' };
  });
}

function measure(cases: readonly Facts[], work: (facts: Facts) => string, ms: number): Measured {
  const cpu = process.cpuUsage();
  const start = performance.now();
  let [evaluations, check] = [0, 0];
  while (performance.now() - start < ms) {
    for (const facts of cases) check += work(facts).length;
    evaluations += cases.length;
  }
  const { user, system } = process.cpuUsage(cpu);
  const cpuSeconds = (user + system) / 1e6;
  return { perSecond: evaluations / cpuSeconds, cpuSeconds, evaluations, check };
}

function table(name: string, { perSecond, cpuSeconds, evaluations }: Measured): void {
  const rate = Math.round(perSecond).toLocaleString('en').padStart(12);
  console.log(`${name.padEnd(66)}${rate} /s   ${evaluations.toLocaleString('en')} in ${cpuSeconds.toFixed(2)} CPU-s`);
}

function figure(name: string, measured: Measured, baseline: Measured): void {
  const conditions =
    `${CASES} fixed cases over all ${ruleSet.facts.length} facts, a sixth unknown; per CPU-second of one thread; ` +
    `the baseline finds the pathway alone, without states, flags, documents or citations`;
  const line = {
    bench: 'customs',
    figure: name,
    value: Math.round(measured.perSecond),
    unit: '1/s',
    baseline: 'hand-written if/else',
    baseline_value: Math.round(baseline.perSecond),
    ratio: Number((measured.perSecond / baseline.perSecond).toFixed(4)),
    conditions,
  };
  console.log(JSON.stringify(line));
}
