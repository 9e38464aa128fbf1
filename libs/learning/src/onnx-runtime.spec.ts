import { expect, it } from '@jest/globals';
import { env, InferenceSession, Tensor } from 'onnxruntime-web';
import { firstWeights, type Architecture } from './architecture.js';
import { Network, probabilityOf } from './network.js';
import { toOnnx } from './onnx.js';
import { normal, seededRandom } from './random.js';

const ROWS = 50;
const identity = { units: 1, activation: 'identity' } as const;
const architectures: readonly (readonly [string, Architecture])[] = [
  ['a logistic regression', { inputs: 3, layers: [identity] }],
  ['a layer of tanh', { inputs: 2, layers: [{ units: 3, activation: 'tanh' }, identity] }],
  [
    'relu under a plain layer',
    { inputs: 7, layers: [{ units: 8, activation: 'relu' }, { ...identity, units: 4 }, identity] },
  ],
];

it.each(architectures)('ONNX Runtime reads %s, and answers as we do', async (_, architecture) => {
  env.wasm.numThreads = 1;
  const { inputs } = architecture;
  const weights = firstWeights(architecture, seededRandom(9));
  const [centres, scales] = [0, 0.5].map((from) => Array.from({ length: inputs }, (_each, at) => at + from));
  const scaling = { centres: centres ?? [], scales: scales ?? [] };
  const session = await InferenceSession.create(toOnnx({ architecture, weights, scaling, metadata: { note: 'none' } }));
  const source = seededRandom(4);
  const x = Float32Array.from({ length: ROWS * inputs }, () => 3 * normal(source));
  const { probability } = await session.run({ x: new Tensor('float32', x, [ROWS, inputs]) });
  const network = new Network(architecture, weights);
  expect(probability?.dims).toEqual([ROWS, 1]);
  Array.from(probability?.data as Float32Array).forEach((theirs, row) => {
    const scaled = x
      .slice(row * inputs, (row + 1) * inputs)
      .map((raw, at) => (raw - (centres?.[at] ?? 0)) / (scales?.[at] ?? 1));
    expect(Math.abs(theirs - probabilityOf(network.logit(scaled, 0)))).toBeLessThan(1e-6);
  });
});
