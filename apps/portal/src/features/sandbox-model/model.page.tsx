import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { getModel, submitModel, type Model } from '@hetao/client';
import { signedIn } from '../../app/page-state.js';
import { ActButton } from '../../kit/act-button.js';
import { CopyText } from '../../kit/copy-text.js';
import { DetailHead, Facts } from '../../kit/detail.js';
import { Loaded } from '../../kit/loaded.js';
import { Page, Panel } from '../../kit/page.js';
import { StatusTag } from '../../kit/status-tag.js';
import { AskModel, DownloadModel } from './model-use.js';
import { factsOf, movesOnModel, type CardFacts } from './model.rules.js';
import { VerdictForm } from './verdict-form.js';

const route = getRouteApi('/sandbox/models/$modelId');

/** One model: its card, two reviewers’ decision, and what came of it: a file, or answers up to the licence’s cap. */
export function ModelPage() {
  const { t } = useTranslation();
  const { modelId } = route.useParams();
  const query = useQuery({
    queryKey: ['model', modelId],
    queryFn: async ({ signal }) => (await getModel({ path: { id: modelId }, signal, throwOnError: true })).data,
  });
  return (
    <Loaded query={query} rows={6}>
      {(model) => {
        const moves = movesOnModel(model, signedIn().personas);
        return (
          <Page
            title={t('sandbox.model.one')}
            section={t('sandbox.title')}
            actions={
              <>
                {moves.download && <DownloadModel id={model.id} />}
                {moves.submit && (
                  <ActButton
                    primary
                    label={t('sandbox.submit')}
                    done={t('sandbox.submitted')}
                    act={(headers) => submitModel({ path: { id: model.id }, headers, throwOnError: true })}
                  />
                )}
              </>
            }
          >
            <DetailHead id={model.id} path={`/v1/sandbox/models/${model.id}`}>
              <StatusTag status={model.state} />
            </DetailHead>
            <Card model={model} />
            {moves.review && <VerdictForm id={model.id} />}
            {moves.ask && <AskModel model={model} />}
          </Page>
        );
      }}
    </Loaded>
  );
}

function Card({ model: { card, onnx_sha256: hash, queries_left: left } }: { readonly model: Model }) {
  const { t } = useTranslation();
  const told = factsOf(card);
  const shown = (value: number | null) => (value === null ? '–' : String(value));
  return (
    <Panel title={t('sandbox.model.card')}>
      <Facts
        facts={[
          { label: t('sandbox.model.accuracy'), value: shown(told.accuracy) },
          { label: t('sandbox.epsilon'), value: `${shown(told.epsilon)} · δ ${shown(told.delta)}` },
          { label: t('sandbox.model.rounds'), value: shown(told.rounds) },
          { label: t('sandbox.model.membership'), value: shown(told.membershipAuc) },
          { label: t('sandbox.model.export'), value: <MayLeave told={told} /> },
          { label: t('sandbox.model.left'), value: String(left) },
          { label: t('sandboxReview.hash'), value: <CopyText text={hash} short /> },
        ]}
      />
      <section className="scroll" tabIndex={0} aria-label={t('sandbox.model.card')}>
        <details>
          <summary>{t('sandbox.model.whole')}</summary>
          <pre className="small">{JSON.stringify(card, null, 2)}</pre>
        </details>
      </section>
    </Panel>
  );
}

function MayLeave({ told: { mayLeave, because } }: { readonly told: CardFacts }) {
  const { t } = useTranslation();
  if (mayLeave === null) return '–';
  return (
    <>
      {t(mayLeave ? 'sandbox.model.mayLeave' : 'sandbox.model.mayNotLeave')}
      {because !== null && (
        <p className="muted small" lang="en">
          {because}
        </p>
      )}
    </>
  );
}
