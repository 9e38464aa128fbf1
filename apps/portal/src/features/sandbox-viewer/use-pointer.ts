import { useEffect, type RefObject } from 'react';
import type { PointerAction, ViewerDeed } from '@hetao/pixels';
import { placeOnScreen } from './input.rules.js';

/** A finger scrolls by steps of so many px of the page. */
const SWIPE_PX = 24;
const WHEEL_STEP = 100;
/** A finger that moved less was put down to press. */
const TAP_PX = 10;

/** Mouse, pen and finger over the shown screen: presses, the wheel, and swipes in its place. */
export function usePointer(
  canvas: RefObject<HTMLCanvasElement | null>,
  size: { readonly width: number; readonly height: number },
  { send, focus }: { readonly send: (deed: ViewerDeed) => void; readonly focus: () => void },
): void {
  useEffect(() => {
    const screen = canvas.current;
    if (screen === null) return undefined;
    const leave = new AbortController();
    let finger: { readonly fromY: number; lastY: number } | undefined;
    const say = (event: MouseEvent, action: PointerAction, delta = 0) =>
      send({ type: 'pointer', action, ...placeOnScreen(event, screen.getBoundingClientRect(), size), delta });
    const hear = <K extends keyof HTMLElementEventMap>(kind: K, act: (event: HTMLElementEventMap[K]) => void) =>
      screen.addEventListener(kind, act, { signal: leave.signal, passive: false });
    hear('pointerdown', (event) => {
      event.preventDefault();
      focus();
      if (event.pointerType === 'touch') finger = { fromY: event.clientY, lastY: event.clientY };
      else say(event, 'down');
    });
    hear('pointermove', (event) => {
      if (finger === undefined) return;
      const moved = finger.lastY - event.clientY;
      if (Math.abs(moved) < SWIPE_PX) return;
      say(event, 'wheel', Math.sign(moved) * WHEEL_STEP);
      finger.lastY = event.clientY;
    });
    hear('pointerup', (event) => {
      const isTap = finger !== undefined && Math.abs(finger.fromY - event.clientY) < TAP_PX;
      if (isTap) say(event, 'down');
      if (isTap || finger === undefined) say(event, 'up');
      finger = undefined;
    });
    hear('wheel', (event) => {
      event.preventDefault();
      say(event, 'wheel', Math.max(-WHEEL_STEP, Math.min(WHEEL_STEP, Math.round(event.deltaY))));
    });
    hear('contextmenu', (event) => event.preventDefault());
    return () => leave.abort();
  });
}
