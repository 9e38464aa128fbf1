import { defineTopic } from '../define-event.js';

export const auditTopic = defineTopic({ name: 'hetao.gateway.audit', partitions: 6 });
