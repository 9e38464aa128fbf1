import { expect, it } from '@jest/globals';
import { eventually } from '@hetao/testing';
import { STORY_MS, type World } from '../support/world.js';

/** Months are counted by the mainland's clock. */
const MAINLAND_MS = 8 * 3_600_000;

/** The product of the exchange itself: what a newcomer calls first. */
export function heartbeatStories(world: World): void {
  it(
    'the first call works at once: a fresh value of the minute, counted as usage',
    async () => {
      await world.as('buyer', async (buyer) => {
        await buyer.open('/access');
        const row = buyer.page.getByRole('row', { name: /Heartbeat of the exchange/ });
        await row.waitFor();
        const read = <T>(path: string) =>
          buyer.page.evaluate(async (address) => (await fetch(address)).json() as Promise<unknown>, path) as Promise<T>;
        const { data: products } = await read<{ data: { id: string }[] }>('/v1/products?q=Heartbeat&limit=1');
        const { data: agreements } = await read<{ data: { id: string; product_id: string }[] }>(
          '/v1/agreements?status=in_force&limit=100',
        );
        const agreement = agreements.find((one) => one.product_id === products[0]?.id);
        const pulse = await read<{ minute: string; log_size: number }>(`/v1/deliveries/${agreement?.id}/pulse`);
        expect(Date.now() - Date.parse(pulse.minute)).toBeLessThan(2 * 60_000 + 5_000);
        expect(pulse.log_size).toBeGreaterThan(0);
        const period = new Date(Date.now() + MAINLAND_MS).toISOString().slice(0, 7);
        const counted = async () => {
          const { totals } = await read<{ totals: { meter: string; quantity: string }[] }>(
            `/v1/usage/summary?agreement_id=${agreement?.id}&period=${period}`,
          );
          expect(totals).toContainEqual(expect.objectContaining({ meter: 'calls', quantity: '1' }));
        };
        await eventually(counted, { withinMs: 60_000 });
      });
    },
    STORY_MS,
  );
}
