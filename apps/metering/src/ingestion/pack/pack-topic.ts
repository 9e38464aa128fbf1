import { defineTopic } from '@hetao/events';

/** Packs of usage on their way to being counted. Nobody but metering reads it. */
export const usagePackTopic = defineTopic({ name: 'hetao.metering.usage-pack', partitions: 6 });
