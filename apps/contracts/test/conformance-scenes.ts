import type { Scene } from './conformance-scene.js';
import { negotiations } from './negotiation-scenes.js';
import { transfers } from './transfer-scenes.js';

export { negotiations, transfers };

/** How long a script of ours waits between its steps. */
const DELAY_MS = 60;
/** Who the kit says it is, and who we say we are. */
export const KIT = 'CONFORMANCE_KIT';
export const OURS = 'CONNECTOR_UNDER_TEST';

export const datasetOf = ({ id }: Scene): string => `A${id}`;
export const agreementOf = ({ id }: Scene): string => `agreement:${id}`;

/** The file that makes an exchange the counterpart of these scenes. */
export function conformanceFile(kitUrl: string): object {
  const scripts = (scenes: readonly Scene[], role: Scene['role'], key: (scene: Scene) => string) =>
    Object.fromEntries(scenes.filter((scene) => scene.role === role).map((scene) => [key(scene), scene.script]));
  const offers = negotiations.filter(({ role }) => role === 'provider');
  const dataset = (id: string) => ({ id, offerId: `CD123:${id}:456` });
  return {
    peer: { participantId: KIT, baseUrl: kitUrl },
    reactionDelayMs: DELAY_MS,
    datasets: [dataset('ACN0001'), ...offers.map((scene) => dataset(datasetOf(scene)))],
    agreements: {
      provider: transfers.filter(({ role }) => role === 'provider').map(agreementOf),
      consumer: transfers.filter(({ role }) => role === 'consumer').map(agreementOf),
    },
    negotiation: {
      provider: scripts(negotiations, 'provider', datasetOf),
      consumer: scripts(negotiations, 'consumer', datasetOf),
    },
    transfer: {
      provider: scripts(transfers, 'provider', agreementOf),
      consumer: scripts(transfers, 'consumer', agreementOf),
    },
  };
}
