import { useEffect, useRef, type CompositionEvent, type FormEvent, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { ViewerDeed } from '@hetao/pixels';
import { deedOfKey, isClipboard, piecesOf } from './input.rules.js';
import type { SeenSession } from './use-session-line.js';

interface KeyboardInletProps {
  readonly inlet: RefObject<HTMLTextAreaElement | null>;
  readonly seen: SeenSession;
  readonly send: (deed: ViewerDeed) => void;
}

const refuse = (event: { preventDefault(): void }) => event.preventDefault();

/**
 * Where the viewer's own keyboard and input method write: an empty field beside the shown caret, so that candidates open
 * where the text will stand. It keeps nothing, and takes nothing from the clipboard.
 */
export function KeyboardInlet({ inlet, seen, send }: KeyboardInletProps) {
  const { t } = useTranslation();
  const { caret, size } = seen;
  /** Escape lets the next Tab leave: a keyboard is never caught here (WCAG 2.1.2). */
  const leaving = useRef(false);
  useEffect(() => {
    if (caret === undefined) return;
    inlet.current?.style.setProperty('left', `${(caret.x / size.width) * 100}%`);
    inlet.current?.style.setProperty('top', `${(caret.y / size.height) * 100}%`);
  }, [inlet, caret, size]);

  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { key, ctrlKey, shiftKey, altKey, metaKey, nativeEvent } = event;
    if (key === 'Tab' && leaving.current) return;
    const deed = deedOfKey({ key, ctrlKey, shiftKey, altKey, metaKey, isComposing: nativeEvent.isComposing });
    leaving.current = key === 'Escape';
    if (deed !== undefined || isClipboard(event)) event.preventDefault();
    if (deed !== undefined) send(deed);
  };
  const write = (field: HTMLTextAreaElement, text: string) => {
    for (const piece of piecesOf(text)) send({ type: 'text', text: piece });
    field.value = '';
  };
  const commit = (event: CompositionEvent<HTMLTextAreaElement>) => write(event.currentTarget, event.data);
  /** Keyboards on glass name no keys: they write. */
  const input = (event: FormEvent<HTMLTextAreaElement>) => {
    const { isComposing, inputType } = event.nativeEvent as InputEvent;
    if (!isComposing && inputType === 'insertText') write(event.currentTarget, event.currentTarget.value);
  };
  return (
    <textarea
      ref={inlet}
      className="viewer-inlet"
      aria-label={t('sandboxViewer.keys')}
      aria-describedby="viewer-hint"
      autoComplete="off"
      autoCapitalize="off"
      spellCheck={false}
      rows={1}
      onKeyDown={press}
      onCompositionEnd={commit}
      onInput={input}
      onPaste={refuse}
      onDrop={refuse}
      onCopy={refuse}
      onCut={refuse}
    />
  );
}
