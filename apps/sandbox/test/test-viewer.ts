import { once } from 'node:events';
import type { WebSocket } from 'ws';
import { decodeFrame } from '../src/pixel/frame.codec.js';
import { FrameAssembler } from '../src/pixel/frame.assembler.js';
import { screenSize, tileGrid } from '../src/pixel/tiles.js';

/** A viewer without a screen: keeps what it is shown, and says what the protocol lets it say. */
export class TestViewer {
  readonly screen = new FrameAssembler(tileGrid(screenSize));
  readonly frames: Buffer[] = [];
  readonly messages: { readonly type: string; readonly status?: string }[] = [];
  /** Of the last frame: which input it had heard of. */
  heard = 0;
  closedWith: number | undefined;
  readonly #socket: WebSocket;
  #number = 0;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data, isBinary) => {
      if (!isBinary) return void this.messages.push(JSON.parse((data as Buffer).toString()) as { type: string });
      this.frames.push(data as Buffer);
      this.heard = this.screen.add(data as Buffer).input;
    });
    socket.on('close', (code) => (this.closedWith = code));
  }

  say(message: object): void {
    this.#socket.send(JSON.stringify(message));
  }

  hello(): void {
    this.say({ type: 'hello', version: 1 });
  }

  key(key: string, ...modifiers: string[]): number {
    this.say({ type: 'key', number: ++this.#number, key, modifiers });
    return this.#number;
  }

  text(text: string): number {
    this.say({ type: 'text', number: ++this.#number, text });
    return this.#number;
  }

  /** The tiles of a frame, as a recording gives them back. */
  tilesOf(frame: Buffer): string[] {
    return decodeFrame(frame).tiles.map(({ jpeg }) => jpeg.toString('base64'));
  }

  get status(): string | undefined {
    return this.messages.findLast(({ status }) => status !== undefined)?.status;
  }

  async close(): Promise<void> {
    if (this.#socket.readyState === this.#socket.CLOSED) return;
    const closed = once(this.#socket, 'close');
    this.#socket.close();
    await closed;
  }
}
