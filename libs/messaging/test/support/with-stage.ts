import { Stage, type ContractTransport } from './stage.js';

/** A stage for one test. A crash that the test did not expect fails it. */
export async function withStage(
  world: () => ContractTransport,
  play: (stage: Stage) => Promise<void>,
  options: { drainWithinMs?: number; expectCrash?: boolean } = {},
): Promise<void> {
  const stage = await Stage.open(world(), options);
  try {
    await play(stage);
  } finally {
    await stage.close();
  }
  if (options.expectCrash !== true && stage.crashes[0]) throw stage.crashes[0];
}
