import { defineTopic } from '../define-event.js';

export const participantTopic = defineTopic({ name: 'hetao.catalog.participant', partitions: 6 });
export const productTopic = defineTopic({ name: 'hetao.catalog.product', partitions: 6 });
export const certificateTopic = defineTopic({ name: 'hetao.catalog.certificate', partitions: 3 });
export const demandTopic = defineTopic({ name: 'hetao.catalog.demand', partitions: 3 });
export const savedSearchTopic = defineTopic({ name: 'hetao.catalog.saved-search', partitions: 3 });
