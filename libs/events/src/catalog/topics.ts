import { defineTopic } from '../define-event.js';

export const participantTopic = defineTopic({ name: 'hetao.catalog.participant', partitions: 6 });
export const productTopic = defineTopic({ name: 'hetao.catalog.product', partitions: 6 });
