import type { Agent } from 'undici';
import { guardedAgent } from '@hetao/runtime';

/** The way to merchants' services: into our own network only where the operator of a demo allowed it. */
export function upstreamAgent(privateAllowed: boolean): Agent {
  return guardedAgent({ privateAllowed, connectMs: 3_000, headersMs: 15_000, silenceMs: 30_000, connections: 64 });
}
