import { defineTransitions, type DomainError } from '@hetao/kernel';

export const profileFormats = ['csv', 'jsonl', 'parquet'] as const;
export type ProfileFormat = (typeof profileFormats)[number];

export type ProfileState = 'open' | 'waiting' | 'running' | 'completed' | 'failed';
export type ProfileCommand = 'receive' | 'begin' | 'complete' | 'fail' | 'release';

/** The life of a profile: its file comes in parts, waits, is measured once, and is gone. */
export const profileTransitions = defineTransitions<ProfileState, ProfileCommand>({
  open: { receive: 'waiting', fail: 'failed' },
  waiting: { begin: 'running' },
  running: { complete: 'completed', fail: 'failed', release: 'waiting' },
  completed: {},
  failed: {},
}).assertReachable('open');

/** How often a file is begun anew after the process that measured it went away. */
export const MAX_ATTEMPTS = 3;

/** Why a file could not be profiled, as its sender reads it. */
export type ProfileProblem = Pick<DomainError, 'code' | 'title' | 'detail' | 'fix'>;

/** A file that is to be profiled, and how far that is. Times are instants (UTC). */
export interface Profile {
  readonly id: string;
  readonly organisationId: string;
  readonly name: string;
  readonly format: ProfileFormat;
  /** As its sender named it; null lets it be found out. */
  readonly encoding: string | null;
  /** Days within which the data is renewed; null where nobody said. */
  readonly renewedEveryDays: number | null;
  readonly state: ProfileState;
  /** Byte of the file from which the next part is to be sent. */
  readonly nextOffset: number;
  /** Percent of the measuring, 0 to 100. */
  readonly progress: number;
  readonly problem: ProfileProblem | null;
  /** What was found out, as `profile.dto.ts` renders it; null before it is completed. */
  readonly result: unknown;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}
