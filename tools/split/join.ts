import { createHash } from 'node:crypto';
import {
  architectureText,
  decodeGrid,
  encodeWeights,
  epsilonOf,
  readRound,
  type OptimiserSetting,
} from '@hetao/learning';
import type { Door, RunAnswer, Terms } from './door.js';
import { UpperPart } from './upper-part.js';

const TELL_EVERY = 50;
/** Both sides round ε to six digits; arithmetic may differ in the last. */
const SAME_EPSILON = 2e-6;

/** Trains to the last round, from wherever the state file says. @throws Refused, or Error when the terms are not what they seem. */
export async function joinRun(
  door: Door,
  given: { readonly run: string; readonly stateFile: string },
  print: (line: string) => void,
): Promise<void> {
  const run = await door.run(given.run);
  const terms = checked(run, await door.terms(given.run));
  await door.shake(given.run, terms);
  print(
    `Hands are shaken: ε ${terms.epsilon} at δ ${terms.delta} for ${terms.rounds} rounds, architecture ${terms.architecture_hash.slice(0, 12)}.`,
  );
  const { architecture, split_at: splitAt } = run;
  const upper = await UpperPart.open(given.stateFile, {
    run: run.id,
    architecture,
    splitAt,
    optimiser: settingOf(run),
  });
  while (upper.round < run.rounds) await oneRound(door, run, upper, print);
  const model = await door.seal(run.id, encodeWeights(upper.weights));
  print(`Sealed ${model.id}, ${model.state}.`);
  print(JSON.stringify(model.card, null, 2));
}

async function oneRound(door: Door, run: RunAnswer, upper: UpperPart, print: (line: string) => void): Promise<void> {
  const round = upper.round + 1;
  const weights = encodeWeights(upper.weights);
  const released = await door.round(run.id, { round, hash: run.architecture_hash, weights });
  const vector = decodeGrid(Buffer.from(released.vector, 'base64'), upper.weights.length + 2);
  const { gradientSum, lossSum, count } = readRound(vector, run.privacy.clip);
  await upper.follow(gradientSum, run.privacy.expected_batch);
  if (round % TELL_EVERY === 0 || round === run.rounds) {
    const loss = count > 0 ? (lossSum / count).toFixed(3) : '–';
    print(`round ${round} of ${run.rounds}, noisy loss ${loss}, ε ${released.epsilon.toFixed(3)}`);
  }
}

/** Recomputes what can be: the hash from the architecture, ε from the mechanism. @throws Error when the other side is wrong. */
function checked(run: RunAnswer, terms: Terms): Terms {
  const hash = createHash('sha256').update(architectureText(run.architecture, run.split_at)).digest('hex');
  if (hash !== terms.architecture_hash)
    throw new Error(`The architecture hashes to ${hash}, not to ${terms.architecture_hash}.`);
  const { sampling_rate: samplingRate, noise_multiplier: noiseMultiplier, rounds: count } = terms;
  const mechanism = { kind: 'sampled_gaussian' as const, samplingRate, noiseMultiplier };
  const { epsilon } = epsilonOf([{ mechanism, count }], terms.delta);
  if (Math.abs(epsilon - terms.epsilon) > SAME_EPSILON)
    throw new Error(`These rounds cost ε ${epsilon}, not ${terms.epsilon}.`);
  return terms;
}

function settingOf({ optimiser }: RunAnswer): OptimiserSetting {
  const { learning_rate: learningRate, ...setting } = optimiser;
  return setting.kind === 'sgd' ? { ...setting, learningRate } : { ...setting, learningRate };
}
