import { decodeFrame, type Frame, type ServerMessage, type ViewerDeed } from '@hetao/pixels';
import { pauseBefore, stateAfter, type LineState } from './line.rules.js';

/** Who hears what comes over the line. */
export interface LineEvents {
  readonly onState: (state: LineState) => void;
  readonly onFrame: (frame: Frame<Uint8Array<ArrayBuffer>>) => void;
  readonly onMessage: (message: ServerMessage) => void;
}

const PING_MS = 2_000;
/** Numbers go on from page to page: they begin at the clock, which runs faster than hands type. */
const firstNumber = () => Math.floor(Date.now() / 50) % 0x7fff_ffff;

/**
 * The WebSocket of a session. A line that broke is taken up again by itself; the session keeps what was written, and shows
 * its whole screen anew.
 */
export class SessionLine {
  readonly #url: string;
  readonly #events: LineEvents;
  #socket: WebSocket | undefined;
  #number = firstNumber();
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pings: ReturnType<typeof setInterval> | undefined;
  #closed = false;

  /** @param path of the stream, as the session tells it */
  constructor(path: string, events: LineEvents) {
    this.#url = `${location.origin.replace(/^http/, 'ws')}${path}`;
    this.#events = events;
    this.#connect('connecting');
  }

  /** @returns the input's number; undefined where the line is not open: what is done then reaches nobody. */
  send(deed: ViewerDeed): number | undefined {
    if (this.#socket?.readyState !== WebSocket.OPEN) return undefined;
    this.#number += 1;
    this.#say({ ...deed, number: this.#number });
    return this.#number;
  }

  close(): void {
    this.#closed = true;
    this.#rest();
    // A browser takes it for a fault when a line is closed that is not open yet: that one is closed as it opens.
    if (this.#socket?.readyState !== WebSocket.CONNECTING) this.#socket?.close();
  }

  #connect(state: LineState): void {
    this.#events.onState(state);
    const socket = new WebSocket(this.#url);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    socket.addEventListener('open', () => {
      if (this.#closed) return socket.close();
      this.#say({ type: 'hello', version: 1 });
      this.#pings = setInterval(() => this.#say({ type: 'ping', at: performance.now() }), PING_MS);
    });
    socket.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer | string>) => this.#receive(data));
    socket.addEventListener('close', ({ code }) => this.#lost(code));
  }

  #receive(data: ArrayBuffer | string): void {
    if (typeof data !== 'string') return this.#events.onFrame(decodeFrame(new Uint8Array(data)));
    const message = JSON.parse(data) as ServerMessage;
    if (message.type === 'welcome') {
      this.#tries = 0;
      this.#events.onState('open');
    }
    this.#events.onMessage(message);
  }

  #lost(code: number): void {
    this.#rest();
    if (this.#closed) return;
    const state = stateAfter(code, this.#tries);
    this.#events.onState(state);
    if (state !== 'again') return;
    this.#timer = setTimeout(() => this.#connect('again'), pauseBefore(this.#tries));
    this.#tries += 1;
  }

  #rest(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#pings);
  }

  #say(message: object): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }
}
