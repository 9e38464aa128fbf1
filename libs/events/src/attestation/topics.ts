import { defineTopic } from '../define-event.js';

export const recordTopic = defineTopic({ name: 'hetao.attestation.record', partitions: 6 });
