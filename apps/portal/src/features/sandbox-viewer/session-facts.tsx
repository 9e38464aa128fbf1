import { Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getPixelSessionHistory, type PixelSession } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { Facts, Timeline } from '../../kit/detail.js';
import { Loaded } from '../../kit/loaded.js';
import { OrganisationName, shortId } from '../../kit/names.js';
import { Panel } from '../../kit/page.js';
import { StatusTag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { useBasisText } from '../../kit/sandbox/use-basis-text.js';

/** Who looks, from where, and on what grounds. */
export function SessionFacts({ session }: { readonly session: PixelSession }) {
  const { t } = useTranslation();
  const format = useFormat();
  const basisText = useBasisText();
  const { agreement_id: agreementId } = session;
  return (
    <Panel>
      <Facts
        facts={[
          {
            label: t('sandbox.person'),
            value: (
              <>
                {session.person_name}, <OrganisationName id={session.organisation_id} />
              </>
            ),
          },
          { label: t('sandbox.place'), value: format.place(session.place) },
          { label: t('sandbox.basis'), value: basisText(session.legal_basis) },
          {
            label: t('nav.contracts'),
            value: (
              <Link to="/contracts/$agreementId" params={{ agreementId }}>
                {shortId(agreementId)}
              </Link>
            ),
          },
          session.release_id !== null && { label: t('access.release'), value: <code>{session.release_id}</code> },
        ]}
      />
    </Panel>
  );
}

/** Its steps, by whom, and why. */
export function SessionHistory({ session: { id, status } }: { readonly session: PixelSession }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['pixel-session-history', id, status],
    queryFn: async ({ signal }) =>
      (await getPixelSessionHistory({ path: { id }, signal, throwOnError: true })).data.data,
  });
  return (
    <Panel title={t('sandboxViewer.history')}>
      <Loaded query={query}>
        {(deeds) => (
          <Timeline
            entries={deeds.map((deed) => ({
              key: String(deed.number),
              at: <Time at={deed.at} />,
              title: <StatusTag status={deed.status} />,
              detail: deed.note,
            }))}
          />
        )}
      </Loaded>
    </Panel>
  );
}
