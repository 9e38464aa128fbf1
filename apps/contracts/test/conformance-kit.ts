import { expect } from '@jest/globals';
import { newUuid } from '@hetao/kernel';
import { eventually } from '@hetao/testing';
import { DSP_CONTEXT, type WireMessage } from '../src/dataspace/wire/context.js';
import { validateSent } from '../src/dataspace/wire/validate-sent.js';
import type { Action, Scene } from './conformance-scene.js';
import { MESSAGES, matterOf } from './conformance-words.js';
import { agreementOf, datasetOf, KIT } from './conformance-scenes.js';
import { closed, listening, textOf, urlOf } from './dataspace-peers.js';

/** What the kit's catalog reader looks at. */
interface KitCatalog {
  readonly dataset: readonly { readonly '@id': string; readonly hasPolicy: readonly { readonly '@id': string }[] }[];
}

/** A small kit that plays the counterparty the way the public one does: strictly, and over HTTP. */
export interface Kit {
  readonly url: string;
  says(method: string, path: string, message?: object): Promise<{ status: number; body: WireMessage }>;
  catalog(): Promise<KitCatalog>;
  plays(scene: Scene): Promise<void>;
  stop(): Promise<void>;
}

interface Heard {
  readonly type: string;
  readonly path: string;
  readonly message: WireMessage;
}

/** Starts the kit's server; it is strict about everything it is sent. */
export async function conformanceKit(root: string): Promise<Kit> {
  const base = `${root}/2025-1`;
  const heard: Heard[] = [];
  const faults: string[] = [];
  const providerPids = new Map<string, string>();
  const server = await listening((incoming, response) => {
    void textOf(incoming).then((text) => {
      const message = JSON.parse(text) as WireMessage;
      const path = decodeURIComponent(incoming.url ?? '');
      try {
        validateSent(message);
      } catch (error) {
        faults.push(String(error));
      }
      heard.push({ type: message['@type'], path, message });
      const opens = /^\/(negotiations|transfers)\/request$/.exec(path)?.[1];
      if (opens === undefined) return void response.writeHead(200).end();
      const consumerPid = String(message['consumerPid']);
      const providerPid = `urn:uuid:${newUuid()}`;
      providerPids.set(consumerPid, providerPid);
      const type = opens === 'negotiations' ? 'ContractNegotiation' : 'TransferProcess';
      const answer = { '@context': [DSP_CONTEXT], '@type': type, consumerPid, providerPid, state: 'REQUESTED' };
      response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  const url = urlOf(server);
  const send = async (target: string, method: string, message?: object) => {
    const answer = await fetch(target, {
      method,
      ...(message === undefined
        ? {}
        : { body: JSON.stringify(message), headers: { 'content-type': 'application/json' } }),
    });
    const text = await answer.text();
    const body = (text === '' ? {} : JSON.parse(text)) as WireMessage;
    // The kit expands and validates every body it gets of the protocol.
    if (target.startsWith(base)) validateSent(body);
    return { status: answer.status, body };
  };
  const says: Kit['says'] = (method, path, message) => send(`${base}${path}`, method, message);
  return {
    url,
    says,
    catalog: async () => {
      const message = { '@context': [DSP_CONTEXT], '@type': 'CatalogRequestMessage', filter: [] };
      return (await says('POST', '/catalog/request', message)).body as unknown as KitCatalog;
    },
    plays: async (scene) => {
      heard.length = 0;
      const play = new Play(scene, { url, root, heard, providerPids, says, send });
      for (const action of scene.actions) await play.act(action);
      expect(faults).toEqual([]);
    },
    stop: () => closed(server),
  };
}

interface Stage {
  readonly url: string;
  readonly root: string;
  readonly heard: readonly Heard[];
  readonly providerPids: ReadonlyMap<string, string>;
  readonly says: Kit['says'];
  readonly send: (target: string, method: string, message?: object) => Promise<{ status: number; body: WireMessage }>;
}

/** One scene on its way. */
class Play {
  readonly #scene: Scene;
  readonly #stage: Stage;
  #consumerPid = '';
  #providerPid = '';
  #seen = 0;

  constructor(scene: Scene, stage: Stage) {
    this.#scene = scene;
    this.#stage = stage;
  }

  async act(action: Action): Promise<void> {
    if ('open' in action) await this.#open(action.open);
    else if ('say' in action) await this.#say(action.say, action.refused === true);
    else if ('hear' in action) await this.#hear(action.hear);
    else await this.#state(action.state);
  }

  get #ownPid(): string {
    return this.#scene.role === 'provider' ? this.#providerPid : this.#consumerPid;
  }

  async #open(how: 'trigger' | 'request' | 'offer'): Promise<void> {
    const { protocol } = this.#scene;
    if (how === 'trigger') return this.#trigger();
    const own = `urn:uuid:${newUuid()}`;
    const path = how === 'offer' ? '/negotiations/offers' : `/${protocol}/request`;
    const pid = how === 'offer' ? { providerPid: own } : { consumerPid: own };
    const message = this.#message(how, { ...pid, callbackAddress: this.#stage.url, ...matterOf(this.#scene, how) });
    const { status, body } = await this.#stage.says('POST', path, message);
    expect([status, body['state']]).toEqual([201, how === 'offer' ? 'OFFERED' : 'REQUESTED']);
    this.#consumerPid = String(body['consumerPid']);
    this.#providerPid = String(body['providerPid']);
  }

  async #trigger(): Promise<void> {
    const { protocol } = this.#scene;
    const common = { providerId: KIT, connectorAddress: this.#stage.url };
    const matter =
      protocol === 'negotiations'
        ? { offerId: `any:${this.#scene.id}`, datasetId: datasetOf(this.#scene) }
        : { agreementId: agreementOf(this.#scene), format: 'HttpData-PULL' };
    const target = `${this.#stage.root}/conformance/${protocol}`;
    const { status } = await this.#stage.send(target, 'POST', { ...common, ...matter });
    expect(status).toBe(200);
    await eventually(() => expect(this.#stage.heard.length).toBeGreaterThan(0));
    const [first] = this.#stage.heard;
    this.#seen = 1;
    this.#consumerPid = String(first?.message['consumerPid']);
    this.#providerPid = this.#stage.providerPids.get(this.#consumerPid) ?? '';
    if (protocol === 'negotiations') {
      expect(first?.message['offer']).toMatchObject({ '@id': `any:${this.#scene.id}`, target: datasetOf(this.#scene) });
    }
  }

  async #say(what: string, isRefused: boolean): Promise<void> {
    const [, path = ''] = MESSAGES[this.#scene.protocol][what] ?? [];
    // A counter-request and a request are of one path where a process exists.
    const target = `/${this.#scene.protocol}/${this.#ownPid}/${path}`;
    const pids = { consumerPid: this.#consumerPid, providerPid: this.#providerPid };
    const { status, body } = await this.#stage.says(
      'POST',
      target,
      this.#message(what, { ...pids, ...matterOf(this.#scene, what) }),
    );
    const expected = isRefused ? 400 : 200;
    expect([what, status, isRefused ? body['code'] !== undefined : true, body['reason'] ?? []]).toEqual([
      what,
      expected,
      true,
      isRefused ? expect.anything() : [],
    ]);
  }

  async #hear(what: string): Promise<void> {
    const [type] = MESSAGES[this.#scene.protocol][what] ?? [];
    const heard = await eventually(() => {
      const next = this.#stage.heard[this.#seen];
      if (next === undefined) throw new Error(`${this.#scene.id}: no ${what} was heard.`);
      return next;
    });
    this.#seen += 1;
    expect(heard.type).toBe(type);
    if (what === 'accepted' || what === 'finalized') expect(heard.message['eventType']).toBe(what.toUpperCase());
  }

  async #state(name: string): Promise<void> {
    await eventually(async () => {
      const { status, body } = await this.#stage.says('GET', `/${this.#scene.protocol}/${this.#ownPid}`);
      expect([status, body['state']]).toEqual([200, name]);
    });
  }

  #message(what: string, content: object): object {
    const opening = { offer: 'ContractOfferMessage', request: 'ContractRequestMessage' } as const;
    const [type] =
      this.#scene.protocol === 'transfers' && what === 'request'
        ? ['TransferRequestMessage']
        : (MESSAGES[this.#scene.protocol][what] ?? [opening[what as 'offer']]);
    return { '@context': [DSP_CONTEXT], '@type': type, '@id': `urn:uuid:${newUuid()}`, ...content };
  }
}
