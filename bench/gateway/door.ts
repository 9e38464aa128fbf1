import { gatewayService } from '@hetao/gateway';
import { createEmbeddedTransport } from '@hetao/messaging';
import { generateCallerKeys, startService } from '@hetao/runtime';

// The gateway in a process of its own, before one server that stands for every service.
const [databaseUrl = '', upstream = '', apiKey = '', port = ''] = process.argv.slice(2);
const keys = await generateCallerKeys();
const seed = {
  ...{ email: 'bench@demo.example', password: 'demo', organisation_id: 'org_bench', personas: ['buyer', 'merchant'] },
  ...{ display_name: 'Bench', api_key: apiKey },
};
const services = ['CATALOG', 'CONTRACTS', 'METERING', 'SETTLEMENT', 'CUSTOMS', 'ATTESTATION'];
const service = await startService(gatewayService, {
  databaseUrl,
  transport: createEmbeddedTransport({}),
  callerKeys: keys.publicKeys,
  port: Number(port),
  env: {
    LOG_LEVEL: 'error',
    DEMO: '1',
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    CALLER_PRIVATE_KEY: JSON.stringify(keys.privateKey),
    SEED_ACCOUNTS: JSON.stringify([seed]),
    DELIVERY_PRIVATE_UPSTREAMS: '1',
    PROXY_CONNECTIONS: '16384',
    // Counted, and never reached.
    ...{ RATE_LIMIT_ADDRESS: '1000000', RATE_LIMIT_KEY: '1000000', RATE_LIMIT_ORGANISATION: '1000000' },
    ...Object.fromEntries(services.map((name) => [`${name}_URL`, upstream])),
  },
});
process.send?.({ url: service.url });
process.on('message', () => process.send?.(process.memoryUsage()));
