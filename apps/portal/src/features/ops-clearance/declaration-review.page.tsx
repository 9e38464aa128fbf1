import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import {
  customsListHolds,
  getDeclaration,
  getDeclarationContent,
  getDeclarationFinding,
  getDeclarationHistory,
  listDeclarationPapers,
  listReleases,
} from '@hetao/client';
import { SupplementRounds } from '../../kit/declaration/supplement-rounds.js';
import { DetailHead, Timeline } from '../../kit/detail.js';
import { isId } from '../../kit/ids.rules.js';
import { Loaded } from '../../kit/loaded.js';
import { OrganisationName } from '../../kit/names.js';
import { Page, Panel } from '../../kit/page.js';
import { StatusTag } from '../../kit/status-tag.js';
import type { StatusWord } from '../../kit/status.js';
import { Time } from '../../kit/time.js';
import { decidedBy, releaseOf } from './clearance.rules.js';
import { DecisionPanel } from './decision-panel.js';
import { FactsPanel } from './facts-panel.js';
import { HoldsPanel } from './holds-panel.js';
import { OfficerActions } from './officer-actions.js';
import { ReleasePanel } from './release-panel.js';
import { RulesPanel } from './rules-panel.js';

const route = getRouteApi('/ops/clearance/$declarationId');

function useDeclarationFile(id: string) {
  return useQuery({
    queryKey: ['declaration-file', id],
    queryFn: async ({ signal }) => {
      const as = { signal, throwOnError: true } as const;
      const call = { path: { id }, ...as } as const;
      const [declaration, content, finding, history, papers, holds] = await Promise.all([
        getDeclaration(call),
        getDeclarationContent(call),
        getDeclarationFinding(call),
        getDeclarationHistory(call),
        listDeclarationPapers(call),
        customsListHolds({ query: { declaration_id: id }, ...as }),
      ]);
      const { agreement_id: agreement } = declaration.data;
      const query = agreement === null ? {} : { agreement_id: agreement };
      const releases = await listReleases({ query, ...as });
      return {
        declaration: declaration.data,
        content: content.data,
        finding: finding.data,
        history: history.data.data,
        papers: papers.data.data,
        holds: holds.data.data,
        release: releaseOf(releases.data.data, id),
      };
    },
  });
}

/** One declaration on an officer's desk: what was said, what the rules made of it, and what is to be decided. */
export function DeclarationReviewPage() {
  const { t } = useTranslation();
  const { declarationId } = route.useParams();
  return (
    <Loaded query={useDeclarationFile(declarationId)} rows={10}>
      {({ declaration, content, finding, history, papers, holds, release }) => (
        <Page
          title={declaration.title}
          section={t('nav.clearance')}
          lead={<OrganisationName id={declaration.exporter_id} />}
          actions={<OfficerActions declaration={declaration} finding={finding} />}
        >
          <DetailHead id={declaration.id} path={`/v1/customs/declarations/${declaration.id}`}>
            <StatusTag status={declaration.status} />
            <Link to="/declarations/$declarationId" params={{ declarationId: declaration.id }}>
              {t('opsClearance.timeline')}
            </Link>
          </DetailHead>
          <div className="columns">
            <div>
              <DecisionPanel declaration={declaration} persons={content.form.persons} decidedBy={decidedBy(history)} />
              <SupplementRounds rounds={declaration.supplements} finding={finding} />
              <FactsPanel content={content} />
              <RulesPanel finding={finding} declaration={declaration} papers={papers} />
            </div>
            <aside aria-label={t('opsClearance.desk')}>
              <HoldsPanel holds={holds} />
              {release !== undefined && <ReleasePanel release={release} />}
              <Panel title={t('kit.history')}>
                <Timeline
                  entries={history.map((entry) => ({
                    key: String(entry.revision),
                    at: <Time at={entry.at} />,
                    title: <StatusTag status={entry.status_to as StatusWord} />,
                    ...(entry.note !== null && !isId(entry.note) && { detail: entry.note }),
                  }))}
                />
              </Panel>
            </aside>
          </div>
        </Page>
      )}
    </Loaded>
  );
}
