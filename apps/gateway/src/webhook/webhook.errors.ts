import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** What can be wrong with an endpoint or a message. */
export const webhookErrors = defineErrors({
  WEBHOOK_ADDRESS_INVALID: {
    kind: 'unprocessable',
    title: 'This address cannot be called',
    fix: 'Give an https address on the public internet, without credentials or fragment.',
  },
  WEBHOOK_ENDPOINT_UNKNOWN: {
    kind: 'not_found',
    title: 'Your organisation has no such endpoint',
    fix: 'Check the id; GET /v1/webhook-endpoints lists them.',
  },
  WEBHOOK_ENDPOINTS_TOO_MANY: {
    kind: 'conflict',
    title: 'Your organisation has as many endpoints as it may have',
    fix: 'Remove one that is not needed any more.',
  },
  WEBHOOK_ENDPOINT_DISABLED: {
    kind: 'conflict',
    title: 'The endpoint is disabled',
    fix: 'Mend the receiver, then POST /v1/webhook-endpoints/{id}/enable.',
  },
  WEBHOOK_DELIVERY_UNKNOWN: {
    kind: 'not_found',
    title: 'There is no such delivery to an endpoint of yours',
    fix: 'Check the id; deliveries are kept for 30 days.',
  },
  WEBHOOK_REPLAY_TOO_LARGE: {
    kind: 'unprocessable',
    title: 'The range holds more messages than one replay may send',
    fix: 'Ask for a shorter range, or for fewer types.',
  },
});

export type WebhookError = ErrorOf<typeof webhookErrors>;
