import type { WebSocket } from 'ws';
import { closeCodes, type ServerMessage } from '@hetao/pixels';
import { InputCaps } from '../pixel/input-caps.js';
import type { ViewerInput } from '../pixel/pixel-source.js';
import { parseViewerMessage, type ViewerMessage } from './viewer-message.dto.js';

/** What a connection tells its session. */
export interface ConnectionEvents {
  readonly onHello: () => void;
  readonly onInput: (input: ViewerInput, number: number) => void;
  readonly onClose: () => void;
  /** Asks for the allowance of so many bytes. */
  readonly pay: (bytes: number) => boolean;
  readonly now: () => number;
}

/** More than this waiting in the socket means that the viewer is slower than what is shown. */
const MAX_WAITING_BYTES = 512 * 1024;
const MAX_WAITING_MESSAGES = 32;

/** One viewer's WebSocket: parses, caps and answers; anything outside of the protocol ends it. */
export class ViewerConnection {
  readonly #socket: WebSocket;
  readonly #events: ConnectionEvents;
  readonly #caps: InputCaps;
  /** Told when there is allowance again; the latest of a kind is enough. */
  readonly #waiting = new Map<string, ServerMessage>();
  #greeted = false;

  constructor(socket: WebSocket, events: ConnectionEvents) {
    this.#socket = socket;
    this.#events = events;
    this.#caps = new InputCaps(events.now());
    socket.on('message', (data, isBinary) => this.#receive(data as Buffer, isBinary));
    socket.on('close', () => events.onClose());
    // A broken connection is closed by the library; there is nothing to do about it here.
    socket.on('error', () => undefined);
  }

  canShow(): boolean {
    return this.#socket.readyState === this.#socket.OPEN && this.#socket.bufferedAmount < MAX_WAITING_BYTES;
  }

  show(frame: Buffer): void {
    this.#socket.send(frame);
    this.flush();
  }

  /** Paid from the same purse as frames; what cannot be paid for now waits, the latest of each kind. */
  tell(message: ServerMessage): void {
    if (this.#waiting.size < MAX_WAITING_MESSAGES) this.#waiting.set(message.type, message);
    this.flush();
  }

  flush(): void {
    for (const [type, message] of this.#waiting) {
      const text = JSON.stringify(message);
      if (this.#socket.readyState !== this.#socket.OPEN || !this.#events.pay(Buffer.byteLength(text))) return;
      this.#waiting.delete(type);
      this.#socket.send(text);
    }
  }

  close(code: keyof typeof closeCodes): void {
    this.#socket.close(closeCodes[code], code);
  }

  #receive(data: Buffer, isBinary: boolean): void {
    const message = isBinary ? undefined : parseViewerMessage(data.toString('utf8'));
    if (message === undefined || this.#greeted === (message.type === 'hello')) return this.close('protocol');
    if (message.type === 'hello') {
      this.#greeted = true;
      return this.#events.onHello();
    }
    if (message.type === 'ping') return this.tell({ type: 'pong', at: message.at });
    this.#admit(message);
  }

  #admit(message: Exclude<ViewerMessage, { type: 'hello' | 'ping' }>): void {
    const { type, number } = message;
    const length = type === 'text' ? [...message.text].length : 1;
    const verdict = this.#caps.take(type, length, this.#events.now());
    if (verdict === 'flood') return this.close('flood');
    if (verdict === 'dropped') return this.tell({ type: 'dropped', number });
    this.#events.onInput(inputOf(message), number);
  }
}

function inputOf(message: Exclude<ViewerMessage, { type: 'hello' | 'ping' }>): ViewerInput {
  switch (message.type) {
    case 'key':
      return { kind: 'key', key: message.key, modifiers: message.modifiers };
    case 'text':
      return { kind: 'text', text: message.text };
    case 'pointer': {
      const { action, x, y, delta } = message;
      return { kind: 'pointer', action, x, y, delta };
    }
  }
}
