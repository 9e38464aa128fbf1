import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { getOutput, type OutputRequestView } from '@hetao/client';
import { signedIn } from '../../app/page-state.js';
import { CopyText } from '../../kit/copy-text.js';
import { Rows } from '../../kit/data-list.js';
import { DetailHead, Timeline } from '../../kit/detail.js';
import { Loaded } from '../../kit/loaded.js';
import { Page, Panel } from '../../kit/page.js';
import { StatusTag, Tag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { OutputActions, ReleaseRecord } from './output-actions.js';
import { movesOn, tableOf } from './output.rules.js';
import { VoteForm } from './vote-form.js';
import './output.css';

const route = getRouteApi('/sandbox/outputs/$outputId');
/** Reviewers look at every row; a table that leaves has 5,000 at most. */
const MOST_ROWS = 5_000;

/** One result: what would leave beside what the gate found, the votes, and once it is released the file and its record. */
export function OutputPage() {
  const { t } = useTranslation();
  const { outputId } = route.useParams();
  const query = useQuery({
    queryKey: ['output', outputId],
    queryFn: async ({ signal }) => (await getOutput({ path: { id: outputId }, signal, throwOnError: true })).data,
  });
  return (
    <Loaded query={query} rows={8}>
      {(output) => {
        const moves = movesOn(output, signedIn());
        return (
          <Page
            title={output.title}
            section={t('sandbox.output')}
            actions={<OutputActions output={output} moves={moves} />}
          >
            <DetailHead id={output.id} path={`/v1/sandbox/outputs/${output.id}`}>
              <StatusTag status={output.state} />
            </DetailHead>
            <div className="output-split">
              <Content output={output} />
              <Evidence output={output} />
            </div>
            {moves.vote && <VoteForm output={output} />}
            <Votes output={output} />
            {output.release_record !== null && <ReleaseRecord output={output} record={output.release_record} />}
          </Page>
        );
      }}
    </Loaded>
  );
}

function Content({ output: { content, content_hash: hash } }: { readonly output: OutputRequestView }) {
  const { t } = useTranslation();
  const [head = [], ...rows] = tableOf(content ?? '', MOST_ROWS);
  return (
    <Panel title={t('sandboxReview.content')}>
      {content === null ? (
        <p className="muted">{t('sandboxReview.contentHidden')}</p>
      ) : (
        <section className="scroll" tabIndex={0} aria-label={t('sandboxReview.content')}>
          <Rows
            label={t('sandboxReview.content')}
            rows={rows}
            rowKey={(row) => row.join('\u0000')}
            columns={head.map((title, at) => ({
              key: `${at} ${title}`,
              title,
              cell: (row: readonly string[]) => row[at] ?? '',
            }))}
          />
        </section>
      )}
      <p className="muted small">
        {t('sandboxReview.hash')} <CopyText text={hash} short />
      </p>
    </Panel>
  );
}

const TONES = { pass: 'good', review: 'warn', fail: 'bad' } as const;

function Evidence({ output: { checks } }: { readonly output: OutputRequestView }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('sandboxReview.evidence')}>
      <ul className="output-checks">
        {checks.map(({ name, verdict, detail }) => (
          <li key={`${name} ${detail}`}>
            <Tag tone={TONES[verdict]}>{t(`sandboxReview.verdict.${verdict}`)}</Tag> <strong>{name}</strong>
            <div className="muted">{detail}</div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Votes({ output: { reviews } }: { readonly output: OutputRequestView }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('sandboxReview.reviews')}>
      {reviews.length === 0 && <p className="muted">{t('sandboxReview.noReviews')}</p>}
      <Timeline
        entries={reviews.map((review) => ({
          key: review.reviewer,
          at: <Time at={review.voted_at} />,
          title: t(`sandboxReview.vote.${review.vote}`),
          detail: (
            <>
              {review.is_custodian ? t('sandboxReview.custodian') : t('sandboxReview.exchange')} · {review.comment}
            </>
          ),
          tone: review.vote === 'approve' ? 'good' : 'bad',
        }))}
      />
    </Panel>
  );
}
