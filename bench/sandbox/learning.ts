import { cpus, loadavg } from 'node:os';
import {
  accuracyOf,
  benchmarkTable,
  BENCHMARK_PATIENTS,
  chiSquareTest,
  discreteGaussian,
  epsilonOf,
  firstWeights,
  judge,
  learner,
  membershipTest,
  noiseMultiplierFor,
  patientLosses,
  patientsOf,
  rdpOf,
  secureRandom,
  seededRandom,
  shuffled,
  splitPatients,
  trainPlainly,
  trainPrivately,
  type Architecture,
  type PatientTable,
} from '@hetao/learning';
import { crashLines } from './ledger-crash.js';
import { printLearning, type LearningLine } from './learning-report.js';

const DELTA = 1e-5;
const EPSILON = 3;
const BATCH = 200;
const EPOCHS = 20;
const SPEED: Architecture = layersOf(64);
const BENCHMARK: Architecture = layersOf(24);

/**
 * Goals 16 to 21: accountant, sampler, a ledger that is killed, accuracy lost to ε = 3, speed of training with privacy and
 * what a membership test finds. About a minute; `long` draws three millions, trains on five seeds and kills 200 times.
 */
export async function measureLearning(long: boolean): Promise<void> {
  const repeats = long ? 5 : 1;
  const learned = [...accountantLines(), ...samplerLines(long ? 3 : 1), ...speedLines(), ...accuracyLines(repeats)];
  const lines = [...learned, ...(await crashLines(long ? 200 : 25))];
  const machine = `${cpus().length} cores under a load of ${(loadavg()[0] ?? 0).toFixed(1)}`;
  printLearning(lines, machine);
}

function layersOf(inputs: number): Architecture {
  const hidden = [64, 32].map((units) => ({ units, activation: 'relu' as const }));
  return { inputs, layers: [...hidden, { units: 1, activation: 'identity' }] };
}

/** CPU seconds of this process that the work took: wall time tells more of the neighbours than of us. */
function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function accountantLines(): LearningLine[] {
  const vectors = [
    { patients: 60_000, batch: 150, noiseMultiplier: 1.3, epochs: 15, delta: 1e-5, epsilon: 0.7242234026109595 },
    { patients: 100_000, batch: 100, noiseMultiplier: 1, epochs: 30, delta: 1e-7, epsilon: 1.4154988495444845 },
  ];
  const wrong = vectors.map(({ patients, batch, noiseMultiplier, epochs, delta, epsilon }) => {
    const mechanism = { kind: 'sampled_gaussian' as const, samplingRate: batch / patients, noiseMultiplier };
    const told = epsilonOf([{ mechanism, count: (epochs * patients) / batch }], delta).epsilon;
    return Math.abs(told / epsilon - 1);
  });
  const turns = 50;
  const seconds = cpuSeconds(() => {
    // A mechanism of its own each time: known ones are looked up.
    for (let turn = 0; turn < turns; turn += 1) {
      rdpOf({ kind: 'sampled_gaussian', samplingRate: 0.01, noiseMultiplier: 1 + turn / 1e6 });
    }
  });
  return [
    {
      figure: 'accountant_relative_error',
      value: Math.max(...wrong),
      unit: 'relative',
      goal: '≤ 1e-9',
      met: Math.max(...wrong) <= 1e-9,
      conditions: 'the worse of two vectors of TensorFlow Privacy',
    },
    {
      figure: 'accountant_curve',
      value: (seconds * 1000) / turns,
      unit: 'CPU ms',
      conditions: 'RDP of a mechanism not met before, 511 orders',
      baseline: 'as measured for the reference',
      baselineValue: 7,
    },
  ];
}

function samplerLines(times: number): LearningLine[] {
  const samples = 1_000_000;
  const [sigmaSquared, reach] = [100, 60];
  const observed = new Float64Array(2 * reach + 1);
  const noise = discreteGaussian({ numerator: BigInt(sigmaSquared), denominator: 1n }, secureRandom());
  const seconds = cpuSeconds(() => {
    for (let drawn = 0; drawn < samples * times; drawn += 1) {
      observed[Math.min(2 * reach, Math.max(0, noise.sample() + reach))]! += 1;
    }
  });
  const weights = Array.from({ length: 2 * reach + 1 }, (_, at) => Math.exp(-((at - reach) ** 2) / (2 * sigmaSquared)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const fit = chiSquareTest(
    Array.from(observed),
    weights.map((weight) => (samples * times * weight) / total),
  );
  const wide = discreteGaussian({ numerator: 65_536n ** 2n, denominator: 1n }, secureRandom());
  const wideSeconds = cpuSeconds(() => {
    for (let drawn = 0; drawn < samples / 2; drawn += 1) wide.sample();
  });
  return [
    {
      figure: 'discrete_gaussian_chi_square_p',
      value: fit.p,
      unit: 'p',
      goal: '> 0.01',
      met: fit.p > 0.01,
      conditions: `${samples * times} samples of N_ℤ(0, 100) in ${seconds.toFixed(1)} CPU s, ${fit.degreesOfFreedom} degrees of freedom; one right run in a hundred fails`,
    },
    {
      figure: 'discrete_gaussian_samples',
      value: samples / 2 / wideSeconds,
      unit: 'per CPU s',
      conditions: 'σ = 65536 steps, cryptographic randomness',
      baseline: 'as measured for the reference, fastest of a range',
      baselineValue: 366_000,
    },
  ];
}

function speedLines(): LearningLine[] {
  const source = seededRandom(1);
  const rows = 20_000;
  const table: PatientTable = {
    inputs: 64,
    features: Float32Array.from({ length: rows * 64 }, () => source.word() / 2 ** 31 - 1),
    labels: Float32Array.from({ length: rows }, (_, row) => row % 2),
    starts: Int32Array.from({ length: rows + 1 }, (_, row) => row),
  };
  const setting = { clip: 1, noiseMultiplier: 1, samplingRate: BATCH / rows, rounds: rows / BATCH };
  const train = (): void => {
    const learning = learner(SPEED, firstWeights(SPEED, source), { kind: 'sgd', learningRate: 0.1, momentum: 0.9 });
    let patients = 0;
    for (const reading of trainPrivately(learning, table, setting, secureRandom())) patients += reading.count;
    if (Math.abs(patients / rows - 1) > 0.2) throw new Error(`The rounds saw ${patients} patients, not about ${rows}.`);
  };
  const plainly = (): void => {
    const learning = learner(SPEED, firstWeights(SPEED, source), { kind: 'sgd', learningRate: 0.1, momentum: 0.9 });
    trainPlainly(learning, table, { batch: BATCH, epochs: 1 }, source);
  };
  train();
  plainly();
  const [privateRows, plainRows] = [train, plainly].map((work) => rows / cpuSeconds(work));
  return [
    {
      figure: 'dp_sgd_rows',
      value: privateRows ?? 0,
      unit: 'rows/CPU s',
      goal: '≥ 8000',
      met: (privateRows ?? 0) >= 8_000,
      conditions: `MLP 64-64-32-1, batch ${BATCH}: clipping each patient, exact noise and the step; tfjs on the reference's machine made 3700 (CPU) and 10000 (WASM) without privacy`,
      baseline: 'our plain SGD on the same rows, without clipping or noise',
      baselineValue: plainRows ?? 0,
    },
  ];
}

function accuracyLines(repeats: number): LearningLine[] {
  const found = Array.from({ length: repeats }, (_, repeat) => trainBoth(repeat));
  const mean = (of: (each: ReturnType<typeof trainBoth>) => number): number =>
    found.reduce((sum, each) => sum + of(each), 0) / repeats;
  const lost = 100 * (mean(({ plain }) => plain) - mean(({ kept }) => kept));
  const auc = mean(({ test }) => test.auc);
  const conditions = `${BENCHMARK_PATIENTS} patients, 24 features, z ${found[0]?.noiseMultiplier ?? 0}, batch ${BATCH}, ${EPOCHS} epochs, δ ${DELTA}, ${repeats} run(s)`;
  return [
    {
      figure: 'accuracy_at_epsilon_3',
      value: 100 * mean(({ kept }) => kept),
      unit: '%',
      conditions,
      baseline: 'the same network trained without privacy',
      baselineValue: 100 * mean(({ plain }) => plain),
    },
    { figure: 'accuracy_lost_at_epsilon_3', value: lost, unit: 'points', goal: '≤ 2', met: lost <= 2, conditions },
    {
      figure: 'membership_auc',
      value: auc,
      unit: 'AUC',
      goal: '≤ 0.55',
      met: auc <= 0.55,
      conditions,
      baseline: 'a plain network that was trained too long on 300 patients',
      baselineValue: overfit(),
    },
    {
      figure: 'membership_tpr_at_1_percent',
      value: mean(({ test }) => test.truePositiveRateAt1Percent),
      unit: 'share',
      goal: '≤ 0.03',
      met: mean(({ test }) => test.truePositiveRateAt1Percent) <= 0.03,
      conditions,
    },
  ];
}

function trainBoth(repeat: number) {
  const source = seededRandom(repeat + 1);
  const all = benchmarkTable(BENCHMARK_PATIENTS * 1.3, 20_261_123 + repeat);
  const [training, held] = splitPatients(all, 1 / 1.3, shuffled(source, patientsOf(all)));
  const plain = learner(BENCHMARK, firstWeights(BENCHMARK, seededRandom(2)), { kind: 'adam', learningRate: 0.002 });
  trainPlainly(plain, training, { batch: BATCH, epochs: 10 }, source);
  const [samplingRate, rounds] = [BATCH / BENCHMARK_PATIENTS, (EPOCHS * BENCHMARK_PATIENTS) / BATCH];
  const noiseMultiplier = noiseMultiplierFor({ samplingRate, rounds, delta: DELTA, epsilon: EPSILON });
  const kept = learner(BENCHMARK, firstWeights(BENCHMARK, seededRandom(2)), {
    kind: 'sgd',
    learningRate: 0.1,
    momentum: 0.9,
  });
  const plan = { clip: 1, noiseMultiplier, samplingRate, rounds };
  for (const reading of trainPrivately(kept, training, plan, secureRandom())) {
    if (reading.count > 10 * BATCH) throw new Error('A round saw more patients than it can have.');
  }
  return {
    noiseMultiplier,
    plain: accuracyOf(judge(BENCHMARK, plain.weights, held)),
    kept: accuracyOf(judge(BENCHMARK, kept.weights, held)),
    test: membershipTest(
      patientLosses(BENCHMARK, kept.weights, training),
      patientLosses(BENCHMARK, kept.weights, held),
    ),
  };
}

/** What the test finds where there is something to find. */
function overfit(): number {
  const source = seededRandom(7);
  const [few, others] = splitPatients(benchmarkTable(900, 5), 1 / 3, shuffled(source, 900));
  const learning = learner(BENCHMARK, firstWeights(BENCHMARK, source), { kind: 'adam', learningRate: 0.005 });
  trainPlainly(learning, few, { batch: 10, epochs: 60 }, source);
  return membershipTest(
    patientLosses(BENCHMARK, learning.weights, few),
    patientLosses(BENCHMARK, learning.weights, others),
  ).auc;
}
