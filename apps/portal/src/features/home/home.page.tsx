import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { signedIn, type Persona } from '../../app/page-state.js';
import { TourInvitation } from '../../app/tour/tour-invitation.js';
import { Page } from '../../kit/page.js';
import { BuyerHome } from './buyer-home.js';
import { AuditorHome } from './auditor-home.js';
import { MerchantHome } from './merchant-home.js';
import { OperatorHome } from './operator-home.js';

/** Each role begins its day elsewhere; who has several roles sees one after the other. */
const HOMES: Readonly<Record<Persona, ComponentType>> = {
  buyer: BuyerHome,
  merchant: MerchantHome,
  operator: OperatorHome,
  auditor: AuditorHome,
};

/** What waits for whoever is signed in, then how things stand, then what was last. */
export function HomePage() {
  const { t } = useTranslation();
  const me = signedIn();
  const homes = [...new Set(me.personas.map((persona) => HOMES[persona]))];
  return (
    <Page title={t('home.hello', { name: me.display_name })}>
      <TourInvitation />
      {homes.map((Home) => (
        <Home key={Home.name} />
      ))}
    </Page>
  );
}
