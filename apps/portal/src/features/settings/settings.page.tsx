import { useTranslation } from 'react-i18next';
import { pageState, signedIn } from '../../app/page-state.js';
import { EXCHANGE_ZONE } from '../../i18n/format.js';
import { CopyText } from '../../kit/copy-text.js';
import { Facts } from '../../kit/detail.js';
import { OrganisationName } from '../../kit/names.js';
import { Page, Panel } from '../../kit/page.js';
import { PasskeysPanel } from './passkeys-panel.js';
import { SecondFactorPanel } from './second-factor-panel.js';
import { SessionsPanel } from './sessions-panel.js';
import { TeamPanel } from './team-panel.js';
import './settings.css';

/** Who one is here, how one signs in, and who else acts for the organisation. */
export function SettingsPage() {
  const { t } = useTranslation();
  const me = signedIn();
  return (
    <Page title={t('nav.settings')}>
      <Panel title={t('settings.profile')}>
        <Facts
          facts={[
            { label: t('settings.name'), value: me.display_name },
            { label: t('settings.email'), value: me.email },
            { label: t('settings.organisation'), value: <OrganisationName id={me.organisation_id} /> },
            { label: t('settings.organisationId'), value: <CopyText text={me.organisation_id} short /> },
            { label: t('settings.roles'), value: me.personas.map((persona) => t(`persona.${persona}`)).join(' · ') },
            { label: t('settings.zone'), value: EXCHANGE_ZONE },
          ]}
        />
      </Panel>
      <PasskeysPanel />
      <SecondFactorPanel />
      <SessionsPanel />
      {me.organisation_id !== pageState.exchangeId && <TeamPanel organisationId={me.organisation_id} />}
    </Page>
  );
}
