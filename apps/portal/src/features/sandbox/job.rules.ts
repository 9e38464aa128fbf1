import type { SandboxJob } from '@hetao/client';

/** Whether this person can send the job's table to its reviewers: it is his, and ran on the data. */
export function maySubmit(
  { author, dry_run: isDryRun, state }: Pick<SandboxJob, 'author' | 'dry_run' | 'state'>,
  person: string,
): boolean {
  return author === person && !isDryRun && state === 'done';
}

const UNITS: Readonly<Record<string, string>> = { vcpu_seconds: 'vCPU·s', gb_seconds: 'GB·s' };

/** What a job used, in its units; nothing before it has ended. */
export function usedOf({ used }: Pick<SandboxJob, 'used'>): readonly string[] {
  return Object.entries(used ?? {}).flatMap(([meter, amount]) => {
    const unit = UNITS[meter];
    return unit === undefined ? [] : [`${amount} ${unit}`];
  });
}
