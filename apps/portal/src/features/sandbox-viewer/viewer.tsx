import { FullscreenOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { endPixelSession, type PixelSession } from '@hetao/client';
import { AskReason } from '../../kit/ask-reason.js';
import { StatusTag } from '../../kit/status-tag.js';
import { KeyboardInlet } from './keyboard-inlet.js';
import { clockText } from './line.rules.js';
import { usePointer } from './use-pointer.js';
import { useSessionLine, type SeenSession } from './use-session-line.js';
import { ViewerNotice } from './viewer-notice.js';
import './viewer.css';

/** The screen of a session: pixels come out, keys, texts and presses go in; nothing else passes. */
export function Viewer({ session }: { readonly session: PixelSession }) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const inlet = useRef<HTMLTextAreaElement>(null);
  const [attempt, setAttempt] = useState(0);
  const { seen, send } = useSessionLine(session.stream, attempt, canvas);
  useNews(session, seen);
  usePointer(canvas, seen.size, { send, focus: () => inlet.current?.focus() });
  return (
    <div className="viewer" ref={frame}>
      <div className="viewer-bar">
        <StatusTag status={session.status} />
        <Running session={session} />
        <Quickness seen={seen} />
        <span className="viewer-gap" />
        <Button icon={<FullscreenOutlined aria-hidden />} onClick={() => void frame.current?.requestFullscreen()}>
          {t('sandboxViewer.full')}
        </Button>
        <AskReason
          danger
          label={t('sandboxViewer.end')}
          hint={t('sandboxViewer.endHint')}
          done={t('sandboxViewer.ended')}
          act={(reason) => endPixelSession({ path: { id: session.id }, body: { reason }, throwOnError: true })}
        />
      </div>
      <div className="viewer-screen">
        <canvas
          ref={canvas}
          role="img"
          width={1280}
          height={720}
          aria-label={t('sandboxViewer.screen')}
          data-state={seen.state}
        />
        <KeyboardInlet inlet={inlet} seen={seen} send={send} />
        <ViewerNotice session={session} state={seen.state} onHere={() => setAttempt(attempt + 1)} />
      </div>
      <p className="muted small" id="viewer-hint">
        {t('sandboxViewer.keysHint')}
      </p>
      <p role="status" className="small">
        {seen.isTooFast && t('sandboxViewer.fast')}
      </p>
    </div>
  );
}

/** What the session says of itself goes into what the page knows of it. */
function useNews({ id, status }: PixelSession, seen: SeenSession): void {
  const queries = useQueryClient();
  useEffect(() => {
    const isNews = seen.status !== undefined && seen.status !== status;
    if (isNews || seen.state === 'ended') void queries.invalidateQueries({ queryKey: ['pixel-session', id] });
  }, [queries, id, status, seen.status, seen.state]);
}

function Quickness({ seen: { roundTrip, keyToPixel } }: { readonly seen: SeenSession }) {
  const { t } = useTranslation();
  return (
    <span className="muted small viewer-quickness">
      {roundTrip !== undefined && <span>{t('sandboxViewer.roundTrip', { ms: roundTrip })}</span>}
      {keyToPixel !== undefined && (
        <span data-key-to-pixel={keyToPixel}>{t('sandboxViewer.keyToPixel', { ms: keyToPixel })}</span>
      )}
    </span>
  );
}

const TICK_MS = 1_000;

function Running({ session: { started_at: startedAt } }: { readonly session: PixelSession }) {
  const { t } = useTranslation();
  const [time, setTime] = useState('');
  useEffect(() => {
    if (startedAt === null) return undefined;
    const show = () => setTime(clockText(Date.now() - Date.parse(startedAt)));
    show();
    const timer = setInterval(show, TICK_MS);
    return () => clearInterval(timer);
  }, [startedAt]);
  return <span className="small">{time !== '' && t('sandboxViewer.running', { time })}</span>;
}
