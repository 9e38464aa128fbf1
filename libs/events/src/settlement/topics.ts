import { defineTopic } from '../define-event.js';

export const invoiceTopic = defineTopic({ name: 'hetao.settlement.invoice', partitions: 6 });
export const payoutTopic = defineTopic({ name: 'hetao.settlement.payout', partitions: 6 });
export const periodTopic = defineTopic({ name: 'hetao.settlement.period', partitions: 1 });
