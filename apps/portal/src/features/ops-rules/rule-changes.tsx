import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { getRuleSetReport, reportRuleSetChanges, type RuleSetReport, type RuleSetVersion } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { DataList, Rows } from '../../kit/data-list.js';
import { Empty } from '../../kit/empty.js';
import { Panel } from '../../kit/page.js';
import { useCursorList } from '../../kit/use-cursor-list.js';

type Change = RuleSetReport['data'][number];

/** As far as a version has been compared with the declarations there are. */
type Comparison = Pick<
  RuleSetReport,
  'data' | 'next_cursor' | 'has_more' | 'compared' | 'changed' | 'finished' | 'moves'
>;

/** A version nobody has published yet is compared while one reads, some declarations a page. */
async function compareNow(id: string, after: string | undefined, signal: AbortSignal): Promise<{ data: Comparison }> {
  const query = after === undefined ? {} : { after };
  const { data } = await reportRuleSetChanges({ path: { id }, query, signal, throwOnError: true });
  const next = data.more ? (data.changes.at(-1)?.declaration_id ?? null) : null;
  const compared = { compared: data.compared, changed: data.changes.length, finished: next === null, moves: [] };
  return { data: { ...compared, data: data.changes, next_cursor: next, has_more: next !== null } };
}

/** Every declaration that this version judges otherwise than the one it was judged by. */
export function RuleChanges({ version: { id, status } }: { readonly version: RuleSetVersion }) {
  const { t } = useTranslation();
  const format = useFormat();
  const list = useCursorList<Comparison>(['rule-changes', id, status], ({ page, signal }) =>
    status === 'proposed'
      ? compareNow(id, page.cursor, signal)
      : getRuleSetReport({ path: { id }, query: page, signal, throwOnError: true }),
  );
  const report = list.data?.pages.at(-1);
  return (
    <Panel title={t('opsRules.changes')}>
      {report !== undefined && report.compared !== null && (
        <p role="status">
          {t(report.finished ? 'opsRules.compared' : 'opsRules.comparing', {
            compared: format.count(report.compared),
            changed: format.count(report.changed ?? 0),
          })}
        </p>
      )}
      {report !== undefined && report.moves.length > 0 && <Moves moves={report.moves} />}
      <DataList<Change>
        label={t('opsRules.changes')}
        list={list}
        rowKey={(row) => row.declaration_id}
        file="rule-changes"
        empty={<Empty title={t('opsRules.noChanges')} />}
        columns={[
          {
            key: 'declaration',
            title: t('opsRules.declaration'),
            cell: (row) => (
              <Link to="/declarations/$declarationId" params={{ declarationId: row.declaration_id }}>
                {row.declaration_id}
              </Link>
            ),
            text: (row) => row.declaration_id,
          },
          {
            key: 'before',
            title: t('opsRules.before'),
            cell: ({ before }) => <Judged judged={before} />,
            text: ({ before }) => before.pathway,
          },
          {
            key: 'after',
            title: t('opsRules.after'),
            cell: ({ after, problem }) => problem ?? <Judged judged={after} />,
            text: ({ after, problem }) => problem ?? after.pathway,
          },
        ]}
      />
    </Panel>
  );
}

function Judged({ judged }: { readonly judged: Change['before'] }) {
  return (
    <>
      <code>{judged.pathway}</code>
      <div className="muted small">
        {judged.version} {judged.rule}
      </div>
    </>
  );
}

function Moves({ moves }: { readonly moves: RuleSetReport['moves'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Rows
      label={t('opsRules.moves')}
      rows={moves}
      rowKey={(move) => `${move.before} ${move.after}`}
      columns={[
        { key: 'before', title: t('opsRules.before'), cell: (move) => <code>{move.before}</code> },
        { key: 'after', title: t('opsRules.after'), cell: (move) => <code>{move.after}</code> },
        {
          key: 'count',
          title: t('opsRules.declarations'),
          figure: true,
          cell: (move) => format.count(move.declarations),
        },
      ]}
    />
  );
}
