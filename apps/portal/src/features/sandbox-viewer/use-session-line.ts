import { useEffect, useRef, useState, type RefObject } from 'react';
import type { ViewerDeed } from '@hetao/pixels';
import { KeyToPixel, type LineState } from './line.rules.js';
import { SessionLine } from './session.line.js';
import { TilePainter } from './tile.painter.js';

/** A session as it is seen: its line, how it stands, where one types, how quick it is. */
export interface SeenSession {
  readonly state: LineState;
  /** As the session itself last said; undefined before it has. */
  readonly status: string | undefined;
  readonly size: { readonly width: number; readonly height: number };
  readonly caret: { readonly x: number; readonly y: number; readonly height: number } | undefined;
  /** ms; undefined before the first. */
  readonly roundTrip: number | undefined;
  readonly keyToPixel: number | undefined;
  readonly isTooFast: boolean;
}

const UNSEEN: SeenSession = {
  ...{ state: 'connecting', status: undefined, size: { width: 1280, height: 720 }, caret: undefined },
  ...{ roundTrip: undefined, keyToPixel: undefined, isTooFast: false },
};

/**
 * Keeps the line to a session while the page is open, and paints what comes. `attempt` counts how often the person asked
 * for the session here: another number is another line.
 */
export function useSessionLine(stream: string, attempt: number, canvas: RefObject<HTMLCanvasElement | null>) {
  const [seen, setSeen] = useState<SeenSession>(UNSEEN);
  const line = useRef<SessionLine | undefined>(undefined);
  const meter = useRef(new KeyToPixel());
  useEffect(() => {
    const change = (news: Partial<SeenSession>) => setSeen((before) => ({ ...before, ...news }));
    const keyToPixel = new KeyToPixel();
    meter.current = keyToPixel;
    let painter: TilePainter | undefined;
    const opened = new SessionLine(stream, {
      onState: (state) => change({ state }),
      onFrame: ({ tiles, input }) => {
        const painted = () => {
          const ms = keyToPixel.shown(input, performance.now());
          if (ms !== undefined) change({ keyToPixel: ms });
        };
        // A tile that cannot be decoded is not shown; the next frame brings it anew.
        void painter?.paint(tiles).then(painted, () => undefined);
      },
      onMessage: (message) => {
        if (message.type === 'welcome') {
          const { status, width, height, tile } = message;
          if (canvas.current !== null) painter = new TilePainter(canvas.current, { width, height }, tile);
          change({ status, size: { width, height }, isTooFast: false });
        } else if (message.type === 'status') change({ status: message.status });
        else if (message.type === 'caret') change({ caret: message, isTooFast: false });
        else if (message.type === 'pong') change({ roundTrip: Math.round(performance.now() - message.at) });
        else change({ isTooFast: true });
      },
    });
    line.current = opened;
    return () => opened.close();
  }, [stream, attempt, canvas]);
  const send = (deed: ViewerDeed) => {
    const number = line.current?.send(deed);
    if (number !== undefined && deed.type !== 'pointer') meter.current.sent(number, performance.now());
  };
  return { seen, send };
}
