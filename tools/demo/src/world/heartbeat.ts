import type { DealSeed, MerchantSeed } from './seed-types.js';
import { perCall, text } from './words.js';

export const HEARTBEAT_PRODUCT = 'exchange/heartbeat';

/** The exchange as a merchant of its own: what it sells costs nothing and is true. */
export const theExchange: MerchantSeed = {
  slug: 'exchange',
  name: text('Hetao Exchange, own products', '河套交易所自营产品', '河套交易所自營產品'),
  jurisdiction: 'HK',
  products: [
    {
      slug: 'heartbeat',
      kind: 'api',
      name: text('Heartbeat of the exchange', '交易所心跳', '交易所心跳'),
      description: text(
        'A fresh value each minute: how many entries came into the log of the exchange, its size, its root hash. Free, to try every step from the first call to the invoice. GET /pulse.',
        '每分钟一个新值：交易所日志新增条目数、日志大小与根哈希。免费，用于从首次调用到账单逐步试用。GET /pulse。',
        '每分鐘一個新值：交易所日誌新增條目數、日誌大小與根雜湊。免費，用於由首次調用到賬單逐步試用。GET /pulse。',
      ),
      languages: ['en'],
      offers: [
        {
          slug: 'free',
          prices: [perCall('0.00')],
          purposes: ['integration-testing'],
          places: ['HK'],
          onwardUse: true,
        },
      ],
    },
  ],
};

/** The buyer of the demonstration has it from the first minute on; its usage is what is really called. */
export const heartbeatDeal: DealSeed = {
  offer: `${HEARTBEAT_PRODUCT}/free`,
  buyer: 'university',
  purpose: 'integration-testing',
  place: 'HK',
  state: 'in_force',
};
