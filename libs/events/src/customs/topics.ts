import { defineTopic } from '../define-event.js';

export const releaseTopic = defineTopic({ name: 'hetao.customs.release', partitions: 6 });
