import type { Participant, ParticipantChecklist } from '@hetao/client';

/** The way into the exchange, in its order. */
export const onboardingSteps = ['organisation', 'papers', 'review', 'certificate'] as const;

/** At which step an organisation stands; one past the last once it is through. */
export function stepOf(status: Participant['status'], papersComplete: boolean): number {
  switch (status) {
    case 'draft':
    case 'registered':
      return papersComplete ? 2 : 1;
    case 'supplement':
      return 1;
    case 'submitted':
    case 'review':
      return 2;
    case 'approved':
      return onboardingSteps.length;
    case 'suspended':
    case 'ended':
      return 3;
  }
}

/** Whether the organisation has something to hand in. */
export function canSubmit(status: Participant['status']): boolean {
  return status === 'draft' || status === 'registered' || status === 'supplement';
}

/** How many of the papers are there. */
export function paperCount(checklist: ParticipantChecklist): { readonly done: number; readonly all: number } {
  return { done: checklist.items.filter(({ state }) => state === 'present').length, all: checklist.items.length };
}
