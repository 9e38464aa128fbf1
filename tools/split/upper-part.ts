import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { z } from 'zod';
import {
  decodeWeights,
  encodeWeights,
  firstWeights,
  follow,
  freshState,
  learner,
  parameterCount,
  seededRandom,
  upperPartStart,
  type Architecture,
  type Learner,
  type OptimiserSetting,
} from '@hetao/learning';

const stateFile = z.object({
  form: z.literal('hetao-split-state/1'),
  run: z.string(),
  round: z.int().min(0),
  weights: z.string(),
  first: z.string(),
  second: z.string(),
});

/** What this side is about. */
export interface Upper {
  readonly run: string;
  readonly architecture: Architecture;
  readonly splitAt: number;
  readonly optimiser: OptimiserSetting;
}

/** The layers above the cut, after the last round that was followed; kept in one file that is always whole. */
export class UpperPart {
  private constructor(
    private readonly path: string,
    private readonly of: Upper,
    private readonly learner: Learner,
    private followed: number,
  ) {}

  /** From the file, or new where there is none. @throws Error for a file of another run. */
  static async open(path: string, of: Upper): Promise<UpperPart> {
    const size = parameterCount(of.architecture) - upperPartStart(of.architecture, of.splitAt);
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (text === undefined) {
      const seed = randomBytes(4).readUInt32LE();
      const weights = firstWeights(of.architecture, seededRandom(seed)).slice(-size);
      const part = new UpperPart(path, of, learner(of.architecture, weights, of.optimiser), 0);
      // Before the first request: asked again after a crash, the first round must be asked for with the same weights.
      await part.save();
      return part;
    }
    const kept = stateFile.parse(JSON.parse(text));
    if (kept.run !== of.run) throw new Error(`${path} is the state of ${kept.run}, not of ${of.run}.`);
    const learning = learner(of.architecture, floats(kept.weights, size), of.optimiser);
    const { second } = freshState(of.optimiser, size);
    learning.state = { step: kept.round, first: floats(kept.first, size), second: floats(kept.second, second.length) };
    return new UpperPart(path, of, learning, kept.round);
  }

  /** The last round that was followed. */
  get round(): number {
    return this.followed;
  }

  get weights(): Float32Array {
    return this.learner.weights;
  }

  /** Takes one step and keeps it: it is on the disk before the next round is asked for. */
  async follow(gradientSum: Float64Array, expectedPatients: number): Promise<void> {
    follow(this.learner, gradientSum, expectedPatients);
    this.followed += 1;
    await this.save();
  }

  private async save(): Promise<void> {
    const { weights, state } = this.learner;
    const [first, second] = [base64(state.first), base64(state.second)];
    const kept = {
      form: 'hetao-split-state/1',
      run: this.of.run,
      round: this.followed,
      weights: base64(weights),
      first,
      second,
    };
    const draft = `${this.path}.draft`;
    const handle = await open(draft, 'w', 0o600);
    try {
      await handle.writeFile(JSON.stringify(kept));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, this.path);
  }
}

function base64(values: Float32Array): string {
  return Buffer.from(encodeWeights(values)).toString('base64');
}

function floats(text: string, length: number): Float32Array {
  return decodeWeights(Buffer.from(text, 'base64'), length);
}
