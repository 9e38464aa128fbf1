import { defineTopic } from '../define-event.js';

export const offerTopic = defineTopic({ name: 'hetao.contracts.offer', partitions: 6 });
export const agreementTopic = defineTopic({ name: 'hetao.contracts.agreement', partitions: 6 });
export const entitlementTopic = defineTopic({ name: 'hetao.contracts.entitlement', partitions: 6 });
export const disputeTopic = defineTopic({ name: 'hetao.contracts.dispute', partitions: 6 });
export const accessRequestTopic = defineTopic({ name: 'hetao.contracts.access-request', partitions: 6 });
