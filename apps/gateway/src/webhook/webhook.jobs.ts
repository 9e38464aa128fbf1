import { Injectable } from '@nestjs/common';
import { Jobs } from '@hetao/runtime';
import { SendWebhooks } from './send-webhooks.use-cases.js';

const LOOK_EVERY_MS = 1_000;

/** Looks for messages that are to be tried again. */
@Injectable()
export class WebhookJobs {
  constructor(jobs: Jobs, sender: SendWebhooks) {
    jobs.every({ name: 'gateway: webhooks', intervalMs: LOOK_EVERY_MS, work: () => sender.look() });
  }
}
