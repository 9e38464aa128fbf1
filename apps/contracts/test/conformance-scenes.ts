/** How long a script of ours waits between its steps. */
const DELAY_MS = 60;
/** Who the kit says it is, and who we say we are. */
export const KIT = 'CONFORMANCE_KIT';
export const OURS = 'CONNECTOR_UNDER_TEST';

export type Protocol = 'negotiations' | 'transfers';
/** What a scene consists of: the kit says something, waits for something, or looks at the state. */
export type Action =
  | { readonly open: 'trigger' | 'request' | 'offer' }
  | { readonly say: string; readonly refused?: boolean }
  | { readonly hear: string }
  | { readonly state: string };

/** One script of the kit, against one script of ours. */
export interface Scene {
  readonly id: string;
  readonly what: string;
  readonly protocol: Protocol;
  /** Our side. */
  readonly role: 'provider' | 'consumer';
  readonly script: Readonly<Record<string, readonly string[]>>;
  readonly actions: readonly Action[];
}

const trigger: Action = { open: 'trigger' };
const request: Action = { open: 'request' };
const offered: Action = { open: 'offer' };
const say = (what: string): Action => ({ say: what });
const refused = (what: string): Action => ({ say: what, refused: true });
const hear = (what: string): Action => ({ hear: what });
const state = (name: string): Action => ({ state: name });

const scenesOf =
  (protocol: Protocol, role: Scene['role']) =>
  (id: string, what: string, script: Scene['script'], ...actions: readonly Action[]): Scene => ({
    id,
    what,
    protocol,
    role,
    script,
    actions,
  });

const provides = scenesOf('negotiations', 'provider');
const consumes = scenesOf('negotiations', 'consumer');
const gives = scenesOf('transfers', 'provider');
const takes = scenesOf('transfers', 'consumer');

/** Every behaviour reference 11.3 asks for, in a role. */
export const negotiations: readonly Scene[] = [
  provides(
    'CNP01',
    'passive, terminated by the consumer',
    {},
    request,
    state('REQUESTED'),
    say('termination'),
    state('TERMINATED'),
    refused('termination'),
  ),
  provides(
    'CNP02',
    'a second request, an acceptance, a verification are refused while REQUESTED',
    {},
    request,
    refused('request'),
    refused('accepted'),
    refused('verification'),
    state('REQUESTED'),
  ),
  provides(
    'CNP03',
    'offer, then the consumer terminates',
    { onRequested: ['offer'] },
    request,
    hear('offer'),
    state('OFFERED'),
    refused('verification'),
    say('termination'),
    state('TERMINATED'),
  ),
  provides(
    'CNP04',
    'offer, then terminate',
    { onRequested: ['offer', 'terminate'] },
    request,
    hear('offer'),
    hear('termination'),
    state('TERMINATED'),
  ),
  provides(
    'CNP05',
    'terminate',
    { onRequested: ['terminate'] },
    request,
    hear('termination'),
    state('TERMINATED'),
    refused('request'),
  ),
  provides(
    'CNP06',
    'offer, terminate on the counter-request',
    { onRequested: ['offer'], onCounterRequested: ['terminate'] },
    request,
    hear('offer'),
    say('request'),
    hear('termination'),
    state('TERMINATED'),
  ),
  provides(
    'CNP07',
    'offer, passive on the counter-request',
    { onRequested: ['offer'] },
    request,
    hear('offer'),
    say('request'),
    state('REQUESTED'),
    refused('request'),
  ),
  provides(
    'CNP08',
    'offer, agree when accepted, finalize when verified',
    { onRequested: ['offer'], onAccepted: ['agree'], onVerified: ['finalize'] },
    request,
    hear('offer'),
    say('accepted'),
    hear('agreement'),
    say('verification'),
    hear('finalized'),
    state('FINALIZED'),
    refused('termination'),
  ),
  provides(
    'CNP09',
    'agree at once, finalize when verified',
    { onRequested: ['agree'], onVerified: ['finalize'] },
    request,
    hear('agreement'),
    state('AGREED'),
    refused('accepted'),
    say('verification'),
    hear('finalized'),
    state('FINALIZED'),
    refused('verification'),
  ),
  provides(
    'CNP10',
    'offer, terminate when accepted',
    { onRequested: ['offer'], onAccepted: ['terminate'] },
    request,
    hear('offer'),
    say('accepted'),
    hear('termination'),
    state('TERMINATED'),
  ),
  provides(
    'CNP11',
    'agree, terminate when verified',
    { onRequested: ['agree'], onVerified: ['terminate'] },
    request,
    hear('agreement'),
    say('verification'),
    hear('termination'),
    state('TERMINATED'),
  ),
  provides(
    'CNP12',
    'offer, passive when accepted',
    { onRequested: ['offer'] },
    request,
    hear('offer'),
    say('accepted'),
    state('ACCEPTED'),
    refused('accepted'),
    refused('verification'),
    say('termination'),
    state('TERMINATED'),
  ),
  consumes(
    'CNC01',
    'asks, and waits',
    {},
    trigger,
    state('REQUESTED'),
    refused('finalized'),
    say('termination'),
    state('TERMINATED'),
    refused('offer'),
  ),
  consumes(
    'CNC02',
    'asks, accepts the offer, verifies',
    { onOffered: ['accept'], onAgreed: ['verify'] },
    trigger,
    say('offer'),
    hear('accepted'),
    refused('offer'),
    say('agreement'),
    hear('verification'),
    say('finalized'),
    state('FINALIZED'),
    refused('finalized'),
  ),
  consumes(
    'CNC03',
    'asks, verifies the agreement',
    { onAgreed: ['verify'] },
    trigger,
    say('agreement'),
    hear('verification'),
    state('VERIFIED'),
    say('finalized'),
    state('FINALIZED'),
  ),
  consumes(
    'CNC04',
    'asks, counters the offer',
    { onOffered: ['counter'] },
    trigger,
    say('offer'),
    hear('request'),
    state('REQUESTED'),
    say('termination'),
    state('TERMINATED'),
  ),
  consumes(
    'CNC05',
    'asks, terminates on the offer',
    { onOffered: ['terminate'] },
    trigger,
    say('offer'),
    hear('termination'),
    state('TERMINATED'),
  ),
  consumes(
    'CNC06',
    'asks, terminates on the agreement',
    { onAgreed: ['terminate'] },
    trigger,
    say('agreement'),
    hear('termination'),
    state('TERMINATED'),
  ),
  consumes(
    'CNC07',
    'asks, stays silent on the agreement, so it cannot be finalized',
    {},
    trigger,
    say('agreement'),
    state('AGREED'),
    refused('finalized'),
    refused('agreement'),
    state('AGREED'),
  ),
  consumes(
    'CNC08',
    'asks, then terminates',
    { onRequestSent: ['terminate'] },
    trigger,
    hear('termination'),
    state('TERMINATED'),
  ),
  consumes(
    'CNC09',
    'stays silent on an offer',
    {},
    trigger,
    say('offer'),
    state('OFFERED'),
    refused('agreement'),
    refused('offer'),
    say('termination'),
    state('TERMINATED'),
  ),
  consumes(
    'CNC10',
    'takes an offer made unasked, and refuses it by terminating',
    { onOffered: ['terminate'] },
    offered,
    hear('termination'),
    state('TERMINATED'),
  ),
];

export const transfers: readonly Scene[] = [
  gives(
    'TPP01',
    'start, terminate',
    { onRequested: ['start', 'terminate'] },
    request,
    hear('start'),
    hear('termination'),
    state('TERMINATED'),
    refused('start'),
  ),
  gives(
    'TPP02',
    'start, complete',
    { onRequested: ['start', 'complete'] },
    request,
    hear('start'),
    hear('completion'),
    state('COMPLETED'),
    refused('suspension'),
  ),
  gives(
    'TPP03',
    'start, suspend, terminate',
    { onRequested: ['start', 'suspend', 'terminate'] },
    request,
    hear('start'),
    hear('suspension'),
    hear('termination'),
    state('TERMINATED'),
  ),
  gives(
    'TPP04',
    'start, suspend, start, complete',
    { onRequested: ['start', 'suspend', 'start', 'complete'] },
    request,
    hear('start'),
    hear('suspension'),
    hear('start'),
    hear('completion'),
    state('COMPLETED'),
    refused('termination'),
  ),
  gives('TPP05', 'terminate', { onRequested: ['terminate'] }, request, hear('termination'), state('TERMINATED')),
  gives(
    'TPP06',
    'start, and the consumer does the rest',
    { onRequested: ['start'] },
    request,
    hear('start'),
    say('suspension'),
    refused('completion'),
    say('start'),
    say('completion'),
    state('COMPLETED'),
  ),
  gives(
    'TPP07',
    'passive: nothing but a termination is possible',
    {},
    request,
    refused('start'),
    refused('completion'),
    refused('suspension'),
    say('termination'),
    state('TERMINATED'),
  ),
  takes(
    'TPC01',
    'terminate when started',
    { onStarted: ['terminate'] },
    trigger,
    say('start'),
    hear('termination'),
    state('TERMINATED'),
  ),
  takes(
    'TPC02',
    'complete when started',
    { onStarted: ['complete'] },
    trigger,
    say('start'),
    hear('completion'),
    state('COMPLETED'),
    refused('start'),
  ),
  takes(
    'TPC03',
    'suspend, then terminate',
    { onStarted: ['suspend', 'terminate'] },
    trigger,
    say('start'),
    hear('suspension'),
    hear('termination'),
    state('TERMINATED'),
  ),
  takes(
    'TPC04',
    'suspend, start, complete',
    { onStarted: ['suspend', 'start', 'complete'] },
    trigger,
    say('start'),
    hear('suspension'),
    hear('start'),
    hear('completion'),
    state('COMPLETED'),
  ),
  takes(
    'TPC05',
    'terminate after its own request',
    { onRequestSent: ['terminate'] },
    trigger,
    hear('termination'),
    state('TERMINATED'),
  ),
  takes(
    'TPC06',
    'passive: the provider does everything',
    {},
    trigger,
    refused('completion'),
    say('start'),
    say('suspension'),
    say('start'),
    say('completion'),
    state('COMPLETED'),
    refused('termination'),
  ),
  takes(
    'TPC07',
    'nothing is started twice or suspended twice',
    {},
    trigger,
    say('start'),
    refused('start'),
    say('suspension'),
    refused('suspension'),
    refused('completion'),
    say('termination'),
    state('TERMINATED'),
  ),
];

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
