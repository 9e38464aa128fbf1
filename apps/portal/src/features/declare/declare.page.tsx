import '../../kit/declaration/declare-words.js';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.js';
import { DetailHead } from '../../kit/detail.js';
import { Empty } from '../../kit/empty.js';
import { Loaded } from '../../kit/loaded.js';
import { Page } from '../../kit/page.js';
import { StatusTag } from '../../kit/status-tag.js';
import { DeclareForm } from './declare-form.js';
import { useDeclareData } from './use-declare-data.js';

const route = getRouteApi('/declarations/$declarationId/edit');

/** Writes a declaration: the facts, what the law asks beside them, the papers of its pathway, and hands it in. */
export function DeclarePage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { declarationId } = route.useParams();
  return (
    <Loaded query={useDeclareData(declarationId)} rows={12}>
      {(data) => (
        <Page
          title={data.declaration.title}
          section={t('declare.title')}
          lead={format.text(data.finding.pathway.text)}
          actions={
            <Link to="/declarations/$declarationId" params={{ declarationId }}>
              {t('declare.toTimeline')}
            </Link>
          }
        >
          <DetailHead id={declarationId} path={`/v1/customs/declarations/${declarationId}/content`}>
            <StatusTag status={data.declaration.status} />
          </DetailHead>
          {data.declaration.commands.includes('revise') ? (
            <DeclareForm data={data} />
          ) : (
            <Empty title={t('declare.notYours')} />
          )}
        </Page>
      )}
    </Loaded>
  );
}
