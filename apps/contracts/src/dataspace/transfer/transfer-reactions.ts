import { Injectable } from '@nestjs/common';
import type { Transfer, TransferCommand } from './transfer.js';

/** Why there may be something to do: a message came, or one of ours was taken. */
export interface TransferCause {
  readonly event: 'received' | 'acknowledged';
  readonly command: 'request' | TransferCommand;
}

/** What this exchange does of itself. */
export interface TransferReaction {
  readonly command: TransferCommand;
  /** Sent not before so many ms; default at once, after the answer to the message that caused it. */
  readonly delayMs?: number;
  readonly code?: string;
  readonly reasons?: readonly string[];
}

/** Decides what follows on its own; a conformance run puts its scripts in the place of the rules. */
export abstract class TransferReactions {
  abstract after(transfer: Transfer, cause: TransferCause): TransferReaction | null;
}

/** In business, a provider starts what it granted; everything else is for people, or for the data itself, to say. */
@Injectable()
export class BusinessReactions extends TransferReactions {
  after({ role }: Transfer, { event, command }: TransferCause): TransferReaction | null {
    return role === 'provider' && event === 'received' && command === 'request' ? { command: 'start' } : null;
  }
}
