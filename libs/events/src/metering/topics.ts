import { defineTopic } from '../define-event.js';

export const usageWindowTopic = defineTopic({ name: 'hetao.metering.usage-window', partitions: 12 });
export const usagePeriodTopic = defineTopic({ name: 'hetao.metering.usage-period', partitions: 6 });
export const quotaTopic = defineTopic({ name: 'hetao.metering.quota', partitions: 6 });
export const personsTopic = defineTopic({ name: 'hetao.metering.persons', partitions: 6 });
export const usageStatementTopic = defineTopic({ name: 'hetao.metering.usage-statement', partitions: 6 });
