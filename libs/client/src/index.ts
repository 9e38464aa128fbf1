export * from './generated/index.js';
export { client } from './generated/client.gen.js';
export { keyedOperations } from './generated/keyed-operations.gen.js';
export {
  DeliveryRejected,
  verifyDelivery,
  type DeliveredCall,
  type DeliveryContext,
  type DeliveryKey,
} from './delivery-context.js';
export { equip, type Connection } from './equip.js';
export { Hetao, type Operation } from './hetao.js';
export type { CursorPage } from './pages.js';
export { HetaoProblem, HetaoUnreachable, isProblem, problemIn, type ProblemCode } from './problem.js';
export type { Patience } from './retry.js';
export { UsageBatcher, type Spill, type UsageOptions } from './usage-batcher.js';
export { usageEvent, type Usage, type UsageEvent } from './usage-event.js';
export { verifyWebhook, WebhookRejected, type ReceivedHeaders, type WebhookRules } from './webhook.js';
// Whoever holds a receipt, a proof or a signed statement checks it without asking anybody.
export {
  checkRecord,
  ledgerProofFault,
  openReceipt,
  verifyOffline,
  verifyUsage,
  verifyUsageProof,
} from '@hetao/proofs';
