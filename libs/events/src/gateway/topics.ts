import { defineTopic } from '../define-event.js';

export const auditTopic = defineTopic({ name: 'hetao.gateway.audit', partitions: 6 });
export const deliveryManifestTopic = defineTopic({ name: 'hetao.gateway.delivery-manifest', partitions: 6 });
