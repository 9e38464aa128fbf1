import { earlier, instantOf, later } from '@hetao/kernel';
import {
  agreementTransitions,
  move,
  unchanged,
  type Agreement,
  type AgreementCommand,
  type AgreementOutcome,
} from './agreement.js';
import { noticeEndsAt } from './agreement-end.js';
import { resumeAgreement, suspendAgreement } from './agreement-rest.js';

const DAY_MS = 86_400_000;

/** What an agreement depends on that is not its own. */
export interface Circumstances {
  /** Whether a release of customs for it is in force; asked only of one that crosses a border. */
  readonly released: boolean;
  /** Why a side may not trade now; null while both may. */
  readonly impediment: string | null;
  /** Whether the agreement it is to take the place of is suspended: then it waits, or it would lift what holds that one. */
  readonly predecessorHeld: boolean;
}

export const unimpeded: Circumstances = { released: false, impediment: null, predecessorHeld: false };

/** More than can be due at once: lift or set one hold, come into force, end. */
const MAX_STEPS = 4;

/**
 * What time and circumstances do by themselves at this instant, if anything: let it rest while a side may not trade,
 * bring a concluded agreement into force, end it when a notice has run out, let it expire, or let an unsigned one lapse.
 * An agreement whose whole term passed before it could come into force just expires.
 */
export function advanceAgreement(
  agreement: Agreement,
  at: Date,
  circumstances: Circumstances = unimpeded,
): AgreementOutcome {
  let outcome = unchanged(agreement);
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const next = advanceOnce(outcome.agreement, at, circumstances);
    if (next.steps.length === 0) return outcome;
    outcome = { ...next, steps: [...outcome.steps, ...next.steps] };
  }
  return outcome;
}

/**
 * The next instant at which {@link advanceAgreement} will do something; null once it is over. Until it is released, time
 * alone does not bring an agreement that crosses a border into force.
 */
export function dueAt(agreement: Agreement, circumstances: Circumstances = unimpeded): Date | null {
  switch (agreement.status) {
    case 'awaiting_signatures':
      return agreement.signBy;
    case 'concluded': {
      const ends = endsAt(agreement);
      return mayEnter(agreement, circumstances) ? earlier(agreement.effectiveFrom, ends) : ends;
    }
    case 'in_force': {
      const ends = endsAt(agreement);
      const renewal = renewsAt(agreement);
      return renewal === null ? ends : earlier(renewal, ends);
    }
    case 'suspended':
      return endsAt(agreement);
    default:
      return null;
  }
}

/**
 * From when on its next term is drawn up: when no notice could prevent it any more. Null where it does not renew itself,
 * a notice was given, or the next text is drawn up.
 */
export function renewsAt(agreement: Agreement): Date | null {
  const { renewal, notices, effectiveUntil, noticeDays, successorId } = agreement;
  if (renewal === null || notices.length > 0 || successorId !== null) return null;
  return later(effectiveUntil, -noticeDays * DAY_MS);
}

/** When it ends as things stand: its term, or the notice that runs out before. */
export function endsAt(agreement: Agreement): Date {
  const notice = noticeEndsAt(agreement);
  return notice === null ? agreement.effectiveUntil : earlier(notice, agreement.effectiveUntil);
}

function advanceOnce(agreement: Agreement, at: Date, circumstances: Circumstances): AgreementOutcome {
  return byTime(agreement, at) ?? byStanding(agreement, at, circumstances) ?? entering(agreement, at, circumstances);
}

function byTime(agreement: Agreement, at: Date): AgreementOutcome | null {
  const now = at.getTime();
  if (agreement.status === 'awaiting_signatures') {
    return now >= agreement.signBy.getTime() ? take(agreement, 'expire', at) : null;
  }
  if (now >= agreement.effectiveUntil.getTime()) return take(agreement, 'expire', at);
  const notice = agreement.notices.find((given) => now >= instantOf(given.endsAt).getTime());
  return notice === undefined ? null : take(agreement, 'end', at, `notice of the ${notice.party}: ${notice.reason}`);
}

function byStanding(agreement: Agreement, at: Date, { impediment }: Circumstances): AgreementOutcome | null {
  const held = agreement.holds.some(({ holder }) => holder === 'standing');
  if (held === (impediment !== null)) return null;
  const order = { holder: 'standing', reason: impediment ?? 'both sides may trade again', by: null, at } as const;
  const outcome = held ? resumeAgreement(agreement, order) : suspendAgreement(agreement, order);
  return outcome.ok ? outcome.value : null;
}

function entering(agreement: Agreement, at: Date, circumstances: Circumstances): AgreementOutcome {
  const due = agreement.status === 'concluded' && at.getTime() >= agreement.effectiveFrom.getTime();
  if (!due || !mayEnter(agreement, circumstances)) return unchanged(agreement);
  return take({ ...agreement, inForceSince: at }, 'activate', at) ?? unchanged(agreement);
}

function mayEnter({ release }: Agreement, { released, predecessorHeld, impediment }: Circumstances): boolean {
  return (release === null || released) && !predecessorHeld && impediment === null;
}

function take(
  agreement: Agreement,
  command: AgreementCommand,
  at: Date,
  reason: string | null = null,
): AgreementOutcome | null {
  const [to] = agreementTransitions.targets(agreement.status, command);
  return to === undefined ? null : move(agreement, { command, to, at, by: null, reason });
}
