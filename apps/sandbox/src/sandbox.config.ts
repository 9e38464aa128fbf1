import { isAbsolute, resolve } from 'node:path';
import type { PrivateKeyJwk } from '@hetao/proofs';
import { demoDefault, integerSetting, secret } from '@hetao/runtime';
import { z } from 'zod';

const DEMO_RECEIPT_KEY =
  '{"kty":"OKP","crv":"Ed25519","x":"WINfUIh7qMtHO-xGRJaMBN68U_gQO6D8DGCI9D3Bqas","d":"knGL9Lv6NTNd-tNGclet2qhHAkc8sIhuL6lxIqyJrHU"}';

const privateKey = z.string().transform((text, context): PrivateKeyJwk => {
  const key = readJson(text) as Partial<PrivateKeyJwk> | undefined | null;
  const { kty, crv, x, d } = key ?? {};
  if (kty === 'OKP' && crv === 'Ed25519' && typeof x === 'string' && typeof d === 'string') return { kty, crv, x, d };
  context.addIssue('must be the JSON of an Ed25519 private key (JWK: kty OKP, crv Ed25519, x, d)');
  return z.NEVER;
});

/** 32 bytes in base64. */
const key256 = z.string().transform((text, context): Buffer => {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.byteLength === 32) return bytes;
  context.addIssue('must be 32 bytes in base64');
  return z.NEVER;
});

/** What the sandbox service is told. */
export const sandboxConfig = z.object({
  /** Where datasets, staged outputs and released files lie; inside the enclave, reachable by this service alone. */
  SANDBOX_DATA_DIR: z
    .string()
    .default('.hetao/sandbox')
    .transform((path) => (isAbsolute(path) ? path : resolve(path))),
  /** Signs the receipts of jobs; its public half is shown at /v1/sandbox/receipt-key. */
  SANDBOX_RECEIPT_KEY: secret(demoDefault(privateKey, DEMO_RECEIPT_KEY)),
  /** Jobs that run at the same time in this process. */
  SANDBOX_WORKERS: integerSetting(1, 64).prefault('2'),
  /** Longest a query may run before it is interrupted, in ms. */
  SANDBOX_QUERY_TIMEOUT_MS: integerSetting(100, 600_000).prefault('10000'),
  /** Longest any other job may run, in ms. */
  SANDBOX_JOB_TIMEOUT_MS: integerSetting(100, 86_400_000).prefault('600000'),
  /** Most memory of one worker, in MiB. */
  SANDBOX_WORKER_MEMORY_MIB: integerSetting(64, 65_536).prefault('512'),
  /** Names the cluster that runs containers, and how this service proves who it is there: a kubeconfig. None: no containers. */
  SANDBOX_CLUSTER_CONFIG: z.string().optional(),
  /** Images that run Python and R, pinned by digest; they read their order and write their records as code.worker.ts does. */
  SANDBOX_PYTHON_IMAGE: z.string().optional(),
  SANDBOX_R_IMAGE: z.string().optional(),
  /** The claim of the volume that SANDBOX_DATA_DIR is on. */
  SANDBOX_ENCLAVE_CLAIM: z.string().default('hetao-enclave-sandbox'),
  /** Recordings of sessions open with both keys only: one is kept in Shenzhen, one in Hong Kong. */
  SANDBOX_RECORDING_KEY_SHENZHEN: secret(demoDefault(key256, 'ZGVtby1vbmx5LXNoZW56aGVuLXJlY29yZGluZy1rZXk=')),
  SANDBOX_RECORDING_KEY_HONG_KONG: secret(demoDefault(key256, 'ZGVtby1vbmx5LWhvbmdrb25nLXJlY29yZGluZy1rZXk=')),
  /** Says which part of a picture carries which bit of the invisible mark. */
  SANDBOX_MARK_KEY: secret(demoDefault(key256, 'ZGVtby1vbmx5LWludmlzaWJsZS1waXhlbC1tYXJrLWs=')),
  /** Most one session's recording may take, in MiB; when it is reached the session ends. */
  SANDBOX_RECORDING_MAX_MIB: integerSetting(1, 65_536).prefault('2048'),
  /** A session that nobody uses is locked after this time, in ms. */
  SANDBOX_SESSION_IDLE_MS: integerSetting(1_000, 3_600_000).prefault('600000'),
  /** Longest session, in ms. */
  SANDBOX_SESSION_MAX_MS: integerSetting(1_000, 28_800_000).prefault('28800000'),
});
export type SandboxConfig = z.output<typeof sandboxConfig>;

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
