import { defineTopic } from '../define-event.js';

export const sandboxJobTopic = defineTopic({ name: 'hetao.sandbox.job', partitions: 6 });
export const sandboxUsageTopic = defineTopic({ name: 'hetao.sandbox.usage', partitions: 6 });
export const sandboxOutputTopic = defineTopic({ name: 'hetao.sandbox.output', partitions: 6 });
