import { err, ok, type Result } from '@hetao/kernel';
import { deviceLoginErrors, type DeviceLoginError } from './device-login.errors.js';

/** A programme that waits until somebody lets it in (RFC 8628). Times are instants (UTC). */
export interface DeviceRequest {
  /** As {@link normaliseUserCode} writes it. */
  readonly userCode: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly askedAt: Date;
  /** Group of addresses the programme asked from, and what it calls itself; its own word. */
  readonly address: string;
  readonly agent: string;
  readonly expired: boolean;
  /** Somebody let it in or turned it away. */
  readonly answered: boolean;
}

export type DeviceDecision = 'approve' | 'refuse';

/** As it is kept: people type small letters, blanks and dashes, or leave them out. */
export function normaliseUserCode(typed: string): string {
  return typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
}

/** As it is shown: in groups of four. */
export function shownUserCode(userCode: string): string {
  return userCode.match(/.{1,4}/g)?.join('-') ?? '';
}

/** The request, while it waits for an answer. */
export function stillOpen(request: DeviceRequest | undefined): Result<DeviceRequest, DeviceLoginError> {
  if (request === undefined) return err(deviceLoginErrors.DEVICE_CODE_UNKNOWN('It is not one of ours.'));
  if (request.answered) return err(deviceLoginErrors.DEVICE_CODE_USED('It is good for one answer.'));
  if (request.expired) return err(deviceLoginErrors.DEVICE_CODE_EXPIRED('It was good for ten minutes.'));
  return ok(request);
}
