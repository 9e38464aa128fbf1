import type { Topic } from '@hetao/events';
import type { Logger } from '../logger.js';
import type { Admin, Kafka } from './kafka-client.js';

export interface TopicSettings {
  /** -1: what the broker has as its default. */
  readonly replicationFactor: number;
  /** Kafka topic settings by name. */
  readonly config: Readonly<Record<string, string>>;
}

/** Facts do not expire: a group that is founded next year reads the history from its start. */
export const defaultTopicSettings: TopicSettings = { replicationFactor: -1, config: { 'retention.ms': '-1' } };

/** Connects an admin client for as long as the work takes. */
export async function withAdmin<T>(kafka: Kafka, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

/**
 * Creates the topics that do not exist yet. An existing topic is left as it is: more partitions would send a key to
 * another partition and tear its order, so a difference is only reported.
 */
export async function ensureTopics(
  kafka: Kafka,
  topics: readonly Topic[],
  settings: TopicSettings,
  logger: Logger,
): Promise<void> {
  if (topics.length === 0) return;
  await withAdmin(kafka, async (admin) => {
    const existing = new Set(await admin.listTopics());
    const missing = topics.filter((topic) => !existing.has(topic.name));
    if (missing.length > 0) {
      const configEntries = Object.entries(settings.config).map(([name, value]) => ({ name, value }));
      await admin.createTopics({
        waitForLeaders: true,
        topics: missing.map(({ name, partitions }) => ({
          topic: name,
          numPartitions: partitions,
          replicationFactor: settings.replicationFactor,
          configEntries,
        })),
      });
    }
    await reportDifferences(
      admin,
      topics.filter((topic) => existing.has(topic.name)),
      logger,
    );
  });
}

async function reportDifferences(admin: Admin, topics: readonly Topic[], logger: Logger): Promise<void> {
  if (topics.length === 0) return;
  const metadata = await admin.fetchTopicMetadata({ topics: topics.map((topic) => topic.name) });
  for (const { name, partitions: found } of metadata.topics) {
    const declared = topics.find((topic) => topic.name === name)?.partitions;
    if (declared === found.length) continue;
    const fields = { topic: name, declared, found: found.length };
    logger.warn(fields, 'A topic has another number of partitions than its declaration; it is used as it is');
  }
}
