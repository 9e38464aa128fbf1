import { useTranslation } from 'react-i18next';
import {
  approvePixelSession,
  denyPixelSession,
  freezePixelSession,
  thawPixelSession,
  type PixelSession,
} from '@hetao/client';
import { isOneOf } from '../../app/page-state.js';
import { ActButton } from '../../kit/act-button.js';
import { AskReason } from '../../kit/ask-reason.js';
import { decisionsOn } from './session.rules.js';

/** What those who answer for the data, and those who run the exchange, decide about somebody's session. */
export function SessionDecisions({ session }: { readonly session: PixelSession }) {
  const { t } = useTranslation();
  const { isAsked, mayFreeze, mayThaw } = decisionsOn(session);
  const call = { path: { id: session.id }, throwOnError: true } as const;
  return (
    <div className="actions">
      {isAsked && isOneOf(['merchant', 'operator']) && (
        <>
          <ActButton
            primary
            label={t('sandboxViewer.approve')}
            done={t('sandboxViewer.approved')}
            act={(headers) => approvePixelSession({ ...call, headers })}
          />
          <AskReason
            danger
            label={t('sandboxViewer.deny')}
            hint={t('sandboxViewer.denyHint')}
            done={t('sandboxViewer.denied')}
            act={(reason, headers) => denyPixelSession({ ...call, body: { reason }, headers })}
          />
        </>
      )}
      {mayFreeze && isOneOf(['operator']) && (
        <AskReason
          danger
          label={t('sandboxViewer.freeze')}
          hint={t('sandboxViewer.freezeHint')}
          done={t('sandboxViewer.froze')}
          act={(reason, headers) => freezePixelSession({ ...call, body: { reason }, headers })}
        />
      )}
      {mayThaw && isOneOf(['operator']) && (
        <ActButton
          primary
          label={t('sandboxViewer.thaw')}
          done={t('sandboxViewer.thawed')}
          act={(headers) => thawPixelSession({ ...call, headers })}
        />
      )}
    </div>
  );
}
