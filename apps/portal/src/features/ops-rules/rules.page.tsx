import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listRuleSets, signRuleSet, type RuleSetVersion } from '@hetao/client';
import { isOneOf } from '../../app/page-state.js';
import { ActButton } from '../../kit/act-button.js';
import { CopyText } from '../../kit/copy-text.js';
import { Rows } from '../../kit/data-list.js';
import { Facts } from '../../kit/detail.js';
import { Empty } from '../../kit/empty.js';
import { Loaded } from '../../kit/loaded.js';
import { PersonName } from '../../kit/names.js';
import { Page, Panel } from '../../kit/page.js';
import { Tag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { RuleChanges } from './rule-changes.js';
import { RuleDryRun } from './rule-dry-run.js';

const route = getRouteApi('/ops/rules');

/** Versions that were proposed in this exchange; those that came with its release have names for ids. */
const PROPOSED_HERE = 'rst_';

/** The rules of the border in all their versions: what the next one changes, tried before two people sign it. */
export function RulesPage() {
  const { t } = useTranslation();
  const { version } = route.useSearch();
  const query = useQuery({
    queryKey: ['rule-sets'],
    queryFn: async ({ signal }) => (await listRuleSets({ signal, throwOnError: true })).data.data,
  });
  return (
    <Page title={t('nav.rules')} lead={t('opsRules.lead')}>
      <Loaded query={query}>
        {(versions) => {
          const chosen = versions.find(({ id }) => id === version) ?? versions[0];
          if (chosen === undefined) return <Empty title={t('opsRules.none')} />;
          return (
            <>
              <Versions versions={versions} />
              <Version version={chosen} />
              {chosen.id.startsWith(PROPOSED_HERE) ? (
                <>
                  <RuleChanges key={`changes ${chosen.id}`} version={chosen} />
                  <RuleDryRun key={`run ${chosen.id}`} id={chosen.id} />
                </>
              ) : (
                <p className="notice calm">
                  {t('opsRules.supplied')} <Link to="/customs/check">{t('nav.customsCheck')}</Link>
                </p>
              )}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function Versions({ versions }: { readonly versions: readonly RuleSetVersion[] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('opsRules.versions')}>
      <section className="scroll" tabIndex={0} aria-label={t('opsRules.versions')}>
        <Rows
          label={t('opsRules.versions')}
          rows={versions}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'version',
              title: t('opsRules.version'),
              cell: ({ id, name, version }) => (
                <Link to="/ops/rules" search={{ version: id }}>
                  {name} {version}
                </Link>
              ),
            },
            {
              key: 'status',
              title: t('kit.status'),
              cell: ({ status }) => (
                <Tag tone={status === 'published' ? 'good' : 'waiting'}>{t(`opsRules.status.${status}`)}</Tag>
              ),
            },
            { key: 'from', title: t('opsRules.effective'), cell: (row) => <Time at={row.effective_from} day /> },
            { key: 'signed', title: t('opsRules.signatures'), figure: true, cell: (row) => row.signatures.length },
          ]}
        />
      </section>
    </Panel>
  );
}

function Version({ version }: { readonly version: RuleSetVersion }) {
  const { t } = useTranslation();
  const maySign = version.status === 'proposed' && isOneOf(['operator']);
  return (
    <Panel title={`${version.name} ${version.version}`}>
      <Facts
        facts={[
          { label: t('opsRules.proposedBy'), value: <PersonName id={version.proposed_by} /> },
          { label: t('opsRules.proposedAt'), value: <Time at={version.proposed_at} /> },
          version.published_at !== null && {
            label: t('opsRules.published'),
            value: <Time at={version.published_at} />,
          },
          { label: t('opsRules.hash'), value: <CopyText text={version.content_sha256} short /> },
          ...version.signatures.map(({ subject, at }) => ({ label: subject, value: <Time at={at} /> })),
        ]}
      />
      {maySign && (
        <div className="actions">
          <ActButton
            primary
            label={t('opsRules.sign')}
            done={t('opsRules.signed')}
            act={() =>
              signRuleSet({
                path: { id: version.id },
                body: { content_sha256: version.content_sha256 },
                throwOnError: true,
              })
            }
          />
          <p className="muted small">{t('opsRules.signHint')}</p>
        </div>
      )}
    </Panel>
  );
}
