import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Pack } from '@hetao/messaging';
import { LOGGER } from '@hetao/runtime';
import type { Submission } from '../submission.types.js';
import { decodePack } from './pack-format.js';
import { SentPacks } from './sent-packs.register.js';

/** Reads the records of the log. */
@Injectable()
export class PackReader {
  constructor(
    private readonly sent: SentPacks,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** What is no pack is told and recorded as an empty one: the log goes on, and its place is accounted for. */
  read({ partition, offset, value }: Pack): Submission {
    const place = { partition, offset };
    const submission = this.sent.find(value) ?? decodePack(value);
    if (submission) return { ...submission, place };
    this.logger.error({ partition, offset: String(offset) }, 'A record of the log of usage is no pack of usage');
    const sender = { senderId: 'unknown', organisationId: '', isSystem: false };
    const batchId = `unreadable~${partition}.${offset}`;
    return { batchId, sender, receivedAtMs: 0, unreadable: 0, events: [], place };
  }
}
