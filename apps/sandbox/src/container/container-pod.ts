/** Languages whose engines are no part of ours: their code runs in containers of a cluster alone. */
export const containerLanguages = ['python', 'r'] as const;
export type ContainerLanguage = (typeof containerLanguages)[number];

/** The runtime class and the label of `infra/k8s/base/sandbox-workers.yaml`: a virtual machine of its own, and no route. */
export const CONTAINER_RUNTIME_CLASS = 'hetao-kata';
export const WORKER_LABEL = { 'hetao.exchange/role': 'sandbox-worker' } as const;
const CONTAINER = 'worker';
const NOBODY = 1000;
const SCRATCH_MIB = 64;

/** One run of somebody's code in a container. */
export interface ContainerWish {
  readonly name: string;
  /** Pinned by its digest: a tag can be moved. */
  readonly image: string;
  /** The claim that holds the enclave's files. */
  readonly claim: string;
  /** Files it may read, where they are here and there alike, and where in the claim; nothing else of the enclave is there. */
  readonly reads: readonly { readonly path: string; readonly inClaim: string }[];
  readonly memoryMib: number;
  readonly timeoutMs: number;
}

/**
 * The pod such a run is: no network, no name service, no token, no root, no disk but its own temporary one and the files it was
 * granted, read-only; at an end when its time is over, whoever is there to end it.
 */
export function containerPod({ name, image, claim, reads, memoryMib, timeoutMs }: ContainerWish) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { ...WORKER_LABEL } },
    spec: {
      runtimeClassName: CONTAINER_RUNTIME_CLASS,
      restartPolicy: 'Never',
      activeDeadlineSeconds: Math.ceil(timeoutMs / 1_000),
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      dnsPolicy: 'None',
      dnsConfig: { nameservers: ['127.0.0.1'] },
      securityContext: {
        ...{ runAsNonRoot: true, runAsUser: NOBODY, runAsGroup: NOBODY, fsGroup: NOBODY },
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          ...{ name: CONTAINER, image, stdin: true, stdinOnce: true },
          resources: {
            requests: { cpu: '1', memory: `${memoryMib}Mi` },
            limits: { cpu: '1', memory: `${memoryMib}Mi`, 'ephemeral-storage': `${SCRATCH_MIB}Mi` },
          },
          securityContext: {
            ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
            capabilities: { drop: ['ALL'] },
          },
          volumeMounts: [
            { name: 'tmp', mountPath: '/tmp' },
            ...reads.map(({ path, inClaim }) => ({
              ...{ name: 'enclave', mountPath: path, subPath: inClaim, readOnly: true },
            })),
          ],
        },
      ],
      volumes: [
        { name: 'tmp', emptyDir: { sizeLimit: `${SCRATCH_MIB}Mi` } },
        { name: 'enclave', persistentVolumeClaim: { claimName: claim, readOnly: true } },
      ],
    },
  };
}
