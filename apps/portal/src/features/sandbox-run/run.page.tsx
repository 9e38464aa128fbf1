import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { getTrainingRun, type TrainingRun } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { BarChart } from '../../kit/chart.js';
import { CopyText } from '../../kit/copy-text.js';
import { DetailHead, Facts } from '../../kit/detail.js';
import { Loaded } from '../../kit/loaded.js';
import { Page, Panel } from '../../kit/page.js';
import { StatusTag } from '../../kit/status-tag.js';
import { CertificatePanel } from './certificate-panel.js';
import { isCertified } from './certificate.rules.js';
import { RunActions } from './run-actions.js';
import { goesOn, layersOf } from './run.rules.js';

const route = getRouteApi('/sandbox/runs/$runId');
const LOOK_AGAIN_MS = 3_000;
/** As those who use them write them, in every language. */
const OPTIMISERS = { sgd: 'SGD', adam: 'Adam' } as const;

/** One training run: how far it is, what it has cost in privacy, how its loss falls, and what was agreed about it. */
export function RunPage() {
  const { t } = useTranslation();
  const { runId } = route.useParams();
  const query = useQuery({
    queryKey: ['training-run', runId],
    queryFn: async ({ signal }) => (await getTrainingRun({ path: { id: runId }, signal, throwOnError: true })).data,
    refetchInterval: ({ state }) => state.data !== undefined && goesOn(state.data) && LOOK_AGAIN_MS,
  });
  return (
    <Loaded query={query} rows={8}>
      {(run) => (
        <Page
          title={`${run.data.table} · ${run.data.label.column}`}
          section={t('sandbox.run.one')}
          lead={t(`sandbox.run.modes.${run.mode}`)}
          actions={<RunActions run={run} />}
        >
          <DetailHead id={run.id} path={`/v1/sandbox/training-runs/${run.id}`}>
            <StatusTag status={run.state} />
          </DetailHead>
          <Progress run={run} />
          <Curve run={run} />
          <Agreed run={run} />
          {isCertified(run) && <CertificatePanel runId={run.id} />}
        </Page>
      )}
    </Loaded>
  );
}

function Progress({ run }: { readonly run: TrainingRun }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section className="three" aria-label={t('home.numbersTitle')}>
      <div className="number-card">
        <div className="figure">
          {format.count(run.round)} / {format.count(run.rounds)}
        </div>
        <p>{t('sandbox.run.round')}</p>
      </div>
      <div className="number-card">
        <div className="figure">{format.count(run.epsilon)}</div>
        <p title={t('sandbox.run.spentHint')}>{t('sandbox.run.spent')}</p>
      </div>
      <div className="number-card">
        <div className="figure">{run.curve.length === 0 ? '–' : format.count(run.curve.at(-1)?.loss ?? 0)}</div>
        <p>{t('sandbox.run.loss')}</p>
      </div>
    </section>
  );
}

function Curve({ run: { curve } }: { readonly run: TrainingRun }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const points = useMemo(
    () => curve.map(({ round, loss }) => ({ name: count(round), value: loss, text: count(loss) })),
    [curve, count],
  );
  return (
    <Panel title={t('sandbox.run.curve')}>
      {points.length === 0 ? (
        <p className="muted">{t('sandbox.run.noCurve')}</p>
      ) : (
        <>
          <p className="muted small">{t('sandbox.run.curveHint')}</p>
          <BarChart
            kind="line"
            label={t('sandbox.run.curve')}
            nameTitle={t('sandbox.run.round')}
            valueTitle={t('sandbox.run.loss')}
            bars={points}
          />
        </>
      )}
    </Panel>
  );
}

/** What both sides agreed before the first round. */
function Agreed({ run }: { readonly run: TrainingRun }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, privacy, optimiser, used } = run;
  return (
    <Panel title={t('sandbox.run.agreed')}>
      <Facts
        facts={[
          { label: t('sandbox.run.table'), value: <code>{data.table}</code> },
          { label: t('sandbox.run.label'), value: <code>{t('sandbox.run.labelIs', data.label)}</code> },
          {
            label: t('sandbox.run.inputs'),
            value: <code className="wrap">{data.features.map(({ column }) => column).join(', ')}</code>,
          },
          { label: t('sandbox.run.layers'), value: <code>{layersOf(run)}</code> },
          {
            label: t('sandbox.run.optimiser'),
            value: t('sandbox.run.rate', {
              kind: OPTIMISERS[optimiser.kind],
              rate: format.count(optimiser.learning_rate),
            }),
          },
          {
            label: t('sandbox.run.privacy'),
            value: `σ ${privacy.noise_multiplier} · C ${privacy.clip} · q ${format.count(privacy.sampling_rate)}`,
          },
          { label: t('sandbox.run.batch'), value: format.count(privacy.expected_batch) },
          {
            label: t('sandbox.run.used'),
            value: `${format.count(used.vcpu_seconds)} ${t('sandbox.meter.vcpu_seconds')} · ${format.count(used.gb_seconds)} ${t('sandbox.meter.gb_seconds')}`,
          },
          { label: t('sandbox.run.hash'), value: <CopyText text={run.architecture_hash} short /> },
        ]}
      />
    </Panel>
  );
}
