import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getRecording, verifyRecording, type RecordingPage, type RecordingVerdict } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { Loaded } from '../../kit/loaded.js';
import { Panel } from '../../kit/page.js';
import { Tag } from '../../kit/status-tag.js';
import { pauseBetween } from './recording.rules.js';
import { TilePainter } from './tile.painter.js';
import './viewer.css';

/** Everything that was shown, played again for those who may look into it, and whether it is unchanged. */
export function Recording({ sessionId }: { readonly sessionId: string }) {
  const { t } = useTranslation();
  const verdict = useQuery({
    queryKey: ['recording-verdict', sessionId],
    queryFn: async ({ signal }) =>
      (await verifyRecording({ path: { id: sessionId }, signal, throwOnError: true })).data,
  });
  return (
    <Panel title={t('sandboxViewer.recording')}>
      <Loaded query={verdict} rows={1}>
        {(found) => <Verdict verdict={found} />}
      </Loaded>
      <Player sessionId={sessionId} />
    </Panel>
  );
}

function Verdict({ verdict: { intact, records, faults } }: { readonly verdict: RecordingVerdict }) {
  const { t } = useTranslation();
  return intact ? (
    <Tag tone="good">{t('sandboxViewer.intact', { count: records })}</Tag>
  ) : (
    <Tag tone="bad">{t('sandboxViewer.broken', { faults: faults.join('; ') })}</Tag>
  );
}

type Entry = RecordingPage['data'][number];

function Player({ sessionId }: { readonly sessionId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const canvas = useRef<HTMLCanvasElement>(null);
  /** Number of the entry after which to go on; null once all was seen. */
  const after = useRef<number | null>(0);
  const [playing, setPlaying] = useState(false);
  const [entry, setEntry] = useState<Pick<Entry, 'number' | 'at'> | undefined>(undefined);
  useEffect(() => {
    if (!playing || canvas.current === null) return undefined;
    const stop = new AbortController();
    const painter = new TilePainter(canvas.current, { width: 1280, height: 720 }, 80);
    void play(sessionId, after, { painter, stop: stop.signal, onEntry: setEntry }).then(
      () => setPlaying(false),
      () => setPlaying(false),
    );
    return () => stop.abort();
  }, [playing, sessionId]);
  return (
    <>
      <div className="viewer-screen">
        <canvas ref={canvas} role="img" width={1280} height={720} aria-label={t('sandboxViewer.recording')} />
      </div>
      <div className="actions">
        <Button onClick={() => setPlaying(!playing)}>
          {playing ? t('sandboxViewer.pause') : t('sandboxViewer.play')}
        </Button>
        {entry !== undefined && (
          <span className="muted">
            {t('sandboxViewer.entry', { number: entry.number, time: format.time(entry.at) })}
          </span>
        )}
      </div>
    </>
  );
}

interface Stage {
  readonly painter: TilePainter;
  readonly stop: AbortSignal;
  readonly onEntry: (entry: Entry) => void;
}

/** Plays on from where it was left, in the time it took, without the time in which nothing happened. */
async function play(sessionId: string, after: { current: number | null }, { painter, stop, onEntry }: Stage) {
  let last: Entry | undefined;
  after.current ??= 0;
  while (after.current !== null && !stop.aborted) {
    const page: RecordingPage = await pageAfter(sessionId, after.current, stop);
    for (const entry of page.data) {
      await new Promise((resolve) => setTimeout(resolve, pauseBetween(last?.at, entry.at)));
      if (stop.aborted) return;
      if (entry.tiles !== null) await painter.paint(entry.tiles.map(tileOf));
      onEntry(entry);
      after.current = entry.number;
      last = entry;
    }
    after.current = page.next;
  }
}

async function pageAfter(id: string, after: number, signal: AbortSignal): Promise<RecordingPage> {
  return (await getRecording({ path: { id }, query: { after }, signal, throwOnError: true })).data;
}

function tileOf({ index, jpeg_base64: text }: { readonly index: number; readonly jpeg_base64: string }) {
  return { index, jpeg: Uint8Array.from(atob(text), (character) => character.charCodeAt(0)) };
}
