import { SetMetadata } from '@nestjs/common';
import type { TransactionOptions } from '@hetao/persistence';

const KEY_METADATA = 'hetao:idempotency-key';

/** What a route makes of an Idempotency-Key. */
export interface KeyDemand {
  /** False: a request without a key is served too, and has its effect as often as it comes. */
  readonly isRequired: boolean;
  /** Of the transaction that effect and answer share. */
  readonly options: TransactionOptions;
}

/** Notes the demand on a handler. */
export const setKeyDemand = (demand: KeyDemand) => SetMetadata(KEY_METADATA, demand);

/** What the handler makes of a key; undefined where it knows none. */
export function keyDemandOf(handler: object): KeyDemand | undefined {
  return Reflect.getMetadata(KEY_METADATA, handler) as KeyDemand | undefined;
}
