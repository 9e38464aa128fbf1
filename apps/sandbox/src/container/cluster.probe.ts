import { CONTAINER_RUNTIME_CLASS } from './container-pod.js';

/** Asks the cluster for an object or a list of them. @returns why, where it does not answer. */
export type AskCluster = (...words: readonly string[]) => Promise<unknown>;

/** What a canary's last success may be old: it runs every hour. */
const CANARY_MS = 2 * 3_600_000;
const DENY_ALL = 'sandbox-workers-deny-all';
const CANARY = 'hetao.exchange/canary=egress';
/** Handlers that are virtual machines. */
const HANDLER = /^kata(-|$)/;
const PINNED = /@sha256:[0-9a-f]{64}$/;

/**
 * Whether somebody's container would be held: by a virtual machine, without a route, as the canary proved a moment ago. What
 * cannot be seen does not hold.
 *
 * @returns why not; null where all of it holds.
 */
export async function whyNoContainers(image: string | undefined, ask: AskCluster, now: Date): Promise<string | null> {
  if (image === undefined) return 'no image is set for this language';
  if (!PINNED.test(image)) return `the image ${image} is not pinned by its digest`;
  try {
    const runtime = (await ask('runtimeclass', CONTAINER_RUNTIME_CLASS)) as { handler?: string };
    if (!HANDLER.test(runtime.handler ?? ''))
      return `${CONTAINER_RUNTIME_CLASS} is handled by ${runtime.handler ?? 'nothing'}, which is no virtual machine`;
    return whyOpen(await ask('networkpolicy', DENY_ALL)) ?? whyUnproven(await ask('jobs', '-l', CANARY), now);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function whyOpen(policy: unknown): string | null {
  const { spec = {} } = policy as { spec?: { policyTypes?: readonly string[]; ingress?: unknown; egress?: unknown } };
  const { policyTypes = [], ingress = [], egress = [] } = spec;
  const isClosed = ['Ingress', 'Egress'].every((type) => policyTypes.includes(type));
  const lets = [ingress, egress].some((rules) => !Array.isArray(rules) || rules.length > 0);
  return isClosed && !lets ? null : `${DENY_ALL} lets something through`;
}

function whyUnproven(jobs: unknown, now: Date): string | null {
  const { items = [] } = jobs as {
    items?: readonly { status?: { completionTime?: string; failed?: number; startTime?: string } }[];
  };
  const ran = items.map(({ status }) => status ?? {}).sort((one, other) => startOf(other) - startOf(one));
  const [last] = ran;
  if (last === undefined) return 'the egress canary has never run';
  if ((last.failed ?? 0) > 0) return 'the egress canary found a way out';
  const provenAt = Date.parse(ran.find(({ completionTime }) => completionTime !== undefined)?.completionTime ?? '');
  return now.getTime() - provenAt <= CANARY_MS ? null : 'the egress canary has proved nothing for two hours';
}

function startOf({ startTime }: { readonly startTime?: string }): number {
  return Date.parse(startTime ?? '') || 0;
}
