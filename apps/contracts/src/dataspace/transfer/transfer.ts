import { defineTransitions, err, ok, type Result } from '@hetao/kernel';
import { dataspaceErrors, type DataspaceError } from '../dataspace.errors.js';

export type TransferState = 'REQUESTED' | 'STARTED' | 'SUSPENDED' | 'COMPLETED' | 'TERMINATED';
export type TransferCommand = 'start' | 'suspend' | 'complete' | 'terminate';
/** Which side of a process somebody is. */
export type TransferRole = 'provider' | 'consumer';

/** The life of a transfer (reference 8.3). Who may do what is in {@link mayCommand}. */
export const transferTransitions = defineTransitions<TransferState, TransferCommand>({
  REQUESTED: { start: 'STARTED', terminate: 'TERMINATED' },
  STARTED: { suspend: 'SUSPENDED', complete: 'COMPLETED', terminate: 'TERMINATED' },
  SUSPENDED: { start: 'STARTED', terminate: 'TERMINATED' },
  COMPLETED: {},
  TERMINATED: {},
}).assertReachable('REQUESTED');

/** A transfer of data under an agreement, as this side keeps it. Instants are UTC. */
export interface Transfer {
  readonly id: string;
  /** Our side of it. */
  readonly role: TransferRole;
  readonly peerId: string;
  /** The organisation of this exchange it is for. */
  readonly organisationId: string;
  /** Id of the agreement as it is written there. */
  readonly agreementRef: string;
  readonly datasetId: string;
  readonly format: string;
  readonly state: TransferState;
  /** Our own message that is on its way: its effect begins when the peer acknowledged. */
  readonly pending: 'request' | TransferCommand | null;
  readonly consumerPid: string;
  /** Null until the provider answered our request. */
  readonly providerPid: string | null;
  /** Where the peer hears of this transfer, without a slash at the end. */
  readonly peerBase: string;
  /** Where the consumer wants data pushed. */
  readonly pushTo: PushAddress | null;
  readonly code: string | null;
  readonly reasons: readonly string[];
  readonly requestedAt: Date;
}

/** An address of the consumer, with what it wants to be shown there. */
export interface PushAddress {
  readonly endpoint: string;
  readonly authorization: string | null;
}

/** A message about a transfer: who sends it, and what it does. */
export interface TransferMessage {
  readonly command: TransferCommand;
  readonly by: TransferRole;
  readonly code?: string | null;
  readonly reasons?: readonly string[];
}

export function otherSide(role: TransferRole): TransferRole {
  return role === 'provider' ? 'consumer' : 'provider';
}

/** Only the provider begins a transfer; everything else either side may do where the state allows it. */
export function mayCommand(state: TransferState, { command, by }: TransferMessage): boolean {
  if (!transferTransitions.canTransition(state, command)) return false;
  return !(state === 'REQUESTED' && command === 'start' && by === 'consumer');
}

/**
 * What a message makes of a transfer.
 *
 * @returns the transfer in its new state, or DSP_WRONG_ROLE, DSP_INVALID_STATE with the transfer untouched.
 */
export function applyMessage(transfer: Transfer, message: TransferMessage): Result<Transfer, DataspaceError> {
  const { command, by, code = null, reasons = [] } = message;
  const [target] = transferTransitions.targets(transfer.state, command);
  if (target === undefined) return err(notNow(transfer, command));
  if (!mayCommand(transfer.state, message)) {
    const detail = `Only the provider starts a transfer that is ${transfer.state}.`;
    return err(dataspaceErrors.DSP_WRONG_ROLE(detail, { meta: pidsOf(transfer) }));
  }
  // What was on its way from our side no longer fits once the other side changed the state.
  const pending = by === otherSide(transfer.role) ? null : transfer.pending;
  return ok({ ...transfer, state: target, pending, code, reasons });
}

/**
 * Whether a message of the peer shows that it got ours which is still on its way: it is not possible now, but would be
 * once ours counts.
 */
export function provesReceipt(transfer: Transfer, message: TransferMessage): boolean {
  const { pending, state } = transfer;
  if (pending === null || mayCommand(state, message)) return pending === 'request';
  if (pending === 'request') return true;
  const [target] = transferTransitions.targets(state, pending);
  return target !== undefined && mayCommand(target, message);
}

/** Puts a message of ours on its way. One at a time: the next waits until this one was acknowledged. */
export function beginCommand(transfer: Transfer, message: TransferMessage): Result<Transfer, DataspaceError> {
  const { command } = message;
  if (!mayCommand(transfer.state, message)) return err(notNow(transfer, command));
  // A termination need not wait for anything but itself: it is what remains when nothing else arrives.
  if (transfer.pending !== null && (command !== 'terminate' || transfer.pending === 'terminate')) {
    const detail = `"${transfer.pending}" is on its way to the peer; "${command}" is possible when it was answered.`;
    return err(dataspaceErrors.DSP_INVALID_STATE(detail, { meta: pidsOf(transfer) }));
  }
  return ok({ ...transfer, pending: command });
}

/** Our message was acknowledged: its effect begins. One said after it is still on its way. */
export function acknowledge(transfer: Transfer, message: Omit<TransferMessage, 'by'>): Transfer {
  const pending = transfer.pending === message.command ? null : transfer.pending;
  const done = applyMessage(transfer, { ...message, by: transfer.role });
  return done.ok ? { ...done.value, pending } : { ...transfer, pending };
}

/** Ends a transfer on this side alone, when the peer cannot be told. */
export function abandon(transfer: Transfer, code: string, reason: string): Transfer {
  if (transferTransitions.isFinal(transfer.state)) return { ...transfer, pending: null };
  return { ...transfer, state: 'TERMINATED', pending: null, code, reasons: [reason] };
}

/** Whether data may flow now: a decided stop counts at once, a decided start when its message left. */
export function flows({ state, pending }: Pick<Transfer, 'state' | 'pending'>): boolean {
  if (pending === 'suspend' || pending === 'complete' || pending === 'terminate') return false;
  return state === 'STARTED' || pending === 'start';
}

/** Both ids, for error objects. */
export function pidsOf({ consumerPid, providerPid }: Transfer): { consumerPid: string; providerPid: string | null } {
  return { consumerPid, providerPid };
}

function notNow(transfer: Transfer, command: TransferCommand): DataspaceError {
  const possible = transferTransitions.commandsFrom(transfer.state).join(', ') || 'nothing more';
  return dataspaceErrors.DSP_INVALID_STATE(
    `The transfer is ${transfer.state}; "${command}" is not possible, only: ${possible}.`,
    { meta: pidsOf(transfer) },
  );
}
