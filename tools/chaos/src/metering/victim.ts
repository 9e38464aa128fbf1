// One process of metering that is killed again and again. It ends by itself when its parent is gone.
import { systemClock } from '@hetao/kernel';
import { createEmbeddedTransport, createKafkaTransport, type Transport } from '@hetao/messaging';
import { meteringService } from '@hetao/metering';
import { createLogger, startService } from '@hetao/runtime';

/** What a victim is told by its parent. */
export interface VictimSettings {
  readonly databaseUrl: string;
  readonly brokers: readonly string[];
  readonly transport: 'kafka' | 'embedded';
  readonly port: number;
  readonly callerKeys: Parameters<typeof startService>[1]['callerKeys'];
}

process.once('disconnect', () => process.exit(0));
process.once('message', (settings) => {
  live(settings as VictimSettings).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});

async function live(settings: VictimSettings): Promise<void> {
  const logger = createLogger({ service: 'metering', level: 'error' });
  await startService(meteringService, {
    databaseUrl: settings.databaseUrl,
    transport: transportOf(settings),
    callerKeys: settings.callerKeys,
    port: settings.port,
    clock: systemClock,
    logger,
    onFatal: () => process.exit(1),
  });
  process.send?.('serving');
}

function transportOf({ transport, brokers }: VictimSettings): Transport {
  if (transport === 'embedded') return createEmbeddedTransport();
  // A member that was killed is missed after two seconds, so that a campaign is not a wait for time-outs.
  const times = { sessionTimeoutMs: 2_000, rebalanceTimeoutMs: 6_000, heartbeatIntervalMs: 400 };
  return createKafkaTransport({ brokers, clientId: 'metering', ...times, onCrash: () => process.exit(1) });
}
