import { defineTopic } from '../define-event.js';

export const recordTopic = defineTopic({ name: 'hetao.attestation.record', partitions: 6 });
export const logAlarmTopic = defineTopic({ name: 'hetao.attestation.log-alarm', partitions: 1 });
