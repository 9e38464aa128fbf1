import { Random } from '../random.js';
import { Redelivery, USAGE_PACKS } from '../redelivery.js';
import { Model } from '../usage/model.js';
import { UsageMaker } from '../usage/usage.js';
import { agreements, inventedUsage } from './invented-usage.js';
import { Load } from './load.js';
import { Nemesis } from './nemesis.js';
import { judge, type Verdict } from './verdict.js';
import { ChaosWorld, type TransportKind } from './world.js';

/** A campaign: the same seed makes the same usage and the same plan of harm; what meets what is up to the machine. */
export interface Campaign {
  readonly kills: number;
  readonly seed: number;
  readonly services: number;
  readonly transport: TransportKind;
  readonly say: (line: string) => void;
}

/** Runs metering under load while it is killed, then judges what it counted. */
export async function runCampaign({ kills, seed, services, transport, say }: Campaign): Promise<Verdict> {
  const startedAt = performance.now();
  const world = await ChaosWorld.start(transport, services);
  const redelivery = world.broker && new Redelivery(world.broker.brokers, [USAGE_PACKS], new Random(seed + 3));
  try {
    await world.grant(agreements);
    await redelivery?.start();
    say(`seed ${seed}: ${services} process(es) of metering over ${transport}, ${kills} kills to come`);
    const model = new Model();
    const load = new Load(world, new UsageMaker(inventedUsage, new Random(seed)), model, new Random(seed + 1));
    const nemesis = new Nemesis(world, new Random(seed + 2), redelivery, () => load.figures.batches);
    load.start();
    await nemesis.run(kills, say);
    await load.stop();
    const verdict = await judge(world, model, redelivery);
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    const redelivered = redelivery?.delivered ?? 0;
    const { services: killed, databases, brokers } = nemesis.damage;
    const damage = { kills: nemesis.kills, service_kills: killed, database_crashes: databases, broker_kills: brokers };
    return { ...verdict, figures: { ...verdict.figures, ...damage, redelivered, ...load.figures, seconds } };
  } finally {
    await redelivery?.stop().catch(() => undefined);
    await world.stop();
  }
}
