import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { Pod } from 'kubernetes-models/v1';
import { parseAllDocuments } from 'yaml';
import { CONTAINER_RUNTIME_CLASS, containerPod, WORKER_LABEL } from './container-pod.js';
import { whyNoContainers, type AskCluster } from './cluster.probe.js';

const image = `registry.example/hetao-python@sha256:${'a'.repeat(64)}`;
const now = new Date('2026-11-23T08:00:00Z');
const closed = { spec: { policyTypes: ['Ingress', 'Egress'] } };
const ran = (status: object) => ({ items: [{ status }] });
const proven = ran({ startTime: '2026-11-23T07:17:00Z', completionTime: '2026-11-23T07:17:20Z' });

/** A cluster that answers so. */
const cluster =
  (answers: { runtime?: object; policy?: object; jobs?: object } = {}): AskCluster =>
  (kind) => {
    const { runtime = { handler: 'kata-qemu' }, policy = closed, jobs = proven } = answers;
    return Promise.resolve(kind === 'runtimeclass' ? runtime : kind === 'networkpolicy' ? policy : jobs);
  };

describe('containers', () => {
  it('are there where a virtual machine holds them, nothing leads out, and the canary proved it', async () => {
    expect(await whyNoContainers(image, cluster(), now)).toBeNull();
  });

  it.each([
    ['no image', undefined, cluster(), 'no image is set'],
    ['an image that can be moved', 'python:3.13', cluster(), 'not pinned'],
    ['a runtime that shares the kernel', image, cluster({ runtime: { handler: 'runc' } }), 'no virtual machine'],
    ['a policy for one way only', image, cluster({ policy: { spec: { policyTypes: ['Ingress'] } } }), 'lets something'],
    [
      'a policy with a rule',
      image,
      cluster({ policy: { spec: { ...closed.spec, egress: [{}] } } }),
      'lets something through',
    ],
    ['no canary', image, cluster({ jobs: { items: [] } }), 'never run'],
    [
      'a canary that got out',
      image,
      cluster({ jobs: ran({ startTime: '2026-11-23T07:17:00Z', failed: 1 }) }),
      'way out',
    ],
    [
      'a canary of yesterday',
      image,
      cluster({ jobs: ran({ startTime: '2026-11-22T07:17:00Z', completionTime: '2026-11-22T07:17:20Z' }) }),
      'for two hours',
    ],
    ['no answer', image, () => Promise.reject(new Error('connection refused')), 'connection refused'],
  ])('are not there with %s, and it says why', async (_, wanted, ask, why) => {
    expect(await whyNoContainers(wanted, ask, now)).toContain(why);
  });

  const folder = '/var/lib/hetao-enclave';
  const pod = containerPod({
    ...{ name: 'hetao-worker-1', image, claim: 'hetao-enclave-sandbox' },
    reads: [{ path: `${folder}/enc_1/dsv_1/outcome.parquet`, inClaim: 'enc_1/dsv_1/outcome.parquet' }],
    ...{ memoryMib: 512, timeoutMs: 600_000 },
  });

  it('are pods a cluster takes: nobody’s rights, no token, no name service, one file to read', () => {
    new Pod(pod as ConstructorParameters<typeof Pod>[0]).validate();
    const [worker] = pod.spec.containers;
    expect(pod.spec).toMatchObject({
      automountServiceAccountToken: false,
      dnsPolicy: 'None',
      activeDeadlineSeconds: 600,
    });
    expect(pod.spec.securityContext).toMatchObject({ runAsNonRoot: true });
    expect(worker?.securityContext).toEqual({
      ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
      capabilities: { drop: ['ALL'] },
    });
    expect(worker?.volumeMounts.slice(1)).toEqual([
      {
        ...{ name: 'enclave', mountPath: `${folder}/enc_1/dsv_1/outcome.parquet`, readOnly: true },
        subPath: 'enc_1/dsv_1/outcome.parquet',
      },
    ]);
  });

  it('name a runtime class and a policy that the manifests have', () => {
    const manifests = readFileSync(new URL('../../../../infra/k8s/base/sandbox-workers.yaml', import.meta.url), 'utf8');
    const objects = parseAllDocuments(manifests).map((document) => document.toJS() as Record<string, unknown>);
    expect(objects).toContainEqual(
      expect.objectContaining({
        kind: 'RuntimeClass',
        metadata: { name: CONTAINER_RUNTIME_CLASS },
        handler: 'kata-qemu',
      }),
    );
    expect(objects).toContainEqual(
      expect.objectContaining({
        kind: 'NetworkPolicy',
        spec: expect.objectContaining({ podSelector: { matchLabels: WORKER_LABEL } }),
      }),
    );
    expect(manifests).toContain('hetao.exchange/canary: egress');
  });
});
