import { deterministicId } from '@hetao/kernel';
import type { UsagePlan } from '../usage/usage.js';

const MERCHANTS = 4;
const AGREEMENTS_A_MERCHANT = 3;

export const agreements = Array.from({ length: MERCHANTS * AGREEMENTS_A_MERCHANT }, (_, index) => ({
  agreementId: deterministicId('agr', 'chaos', String(index)),
  merchantId: `org_merchant${index % MERCHANTS}`,
}));

/** Three days of twelve agreements: calls, mostly with bytes. */
export const inventedUsage: UsagePlan = {
  agreements,
  fromMs: Date.parse('2026-02-01T00:00:00Z'),
  days: 3,
  mostEvents: 200,
  source: (merchantId, random) => `/chaos/${merchantId}/${random.between(1, 3)}`,
  meters: (random) =>
    random.percent(70) ? { calls: 1, bytes: random.between(0, 1_000_000) } : { calls: random.between(1, 9) },
};
