import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { enrolSecondFactor, getSecondFactor, type SecondFactor, type SecondFactorEnrolment } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { Loaded } from '../../kit/loaded.js';
import { Panel } from '../../kit/page.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { StatusTag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { Button } from 'antd';
import { ConfirmFactor, RemoveFactor } from './factor-forms.js';
import { RecoveryCodes } from './recovery-codes.js';

/** The code of an authenticator that signing in asks for beside the password: begun, confirmed, taken away. */
export function SecondFactorPanel() {
  const { t } = useTranslation();
  const [enrolment, setEnrolment] = useState<SecondFactorEnrolment | undefined>(undefined);
  const [codes, setCodes] = useState<readonly string[] | undefined>(undefined);
  const standing = useQuery({
    queryKey: ['second-factor'],
    queryFn: async ({ signal }) => (await getSecondFactor({ signal, throwOnError: true })).data,
  });
  const confirmed = (given: readonly string[]) => {
    setEnrolment(undefined);
    setCodes(given);
  };
  return (
    <Panel title={t('settings.factor.title')}>
      <p>{t('settings.factor.lead')}</p>
      {codes !== undefined && <RecoveryCodes codes={codes} onKept={() => setCodes(undefined)} />}
      <Loaded query={standing} rows={2}>
        {(factor) => {
          if (factor.since !== null) return <On factor={factor} since={factor.since} />;
          if (enrolment === undefined) return <Off onBegun={setEnrolment} />;
          return (
            <ConfirmFactor enrolment={enrolment} onConfirmed={confirmed} onCancel={() => setEnrolment(undefined)} />
          );
        }}
      </Loaded>
    </Panel>
  );
}

function Off({ onBegun }: { readonly onBegun: (enrolment: SecondFactorEnrolment) => void }) {
  const { t } = useTranslation();
  const begin = useAction(async (_nothing: null) => (await enrolSecondFactor({ throwOnError: true })).data, {
    onDone: onBegun,
  });
  return (
    <>
      {begin.isError && <ProblemAlert error={begin.error} />}
      <Button loading={begin.isPending} onClick={() => begin.mutate(null)}>
        {t('settings.factor.begin')}
      </Button>
    </>
  );
}

function On({ factor, since }: { readonly factor: SecondFactor; readonly since: string }) {
  const { t } = useTranslation();
  const left = factor.recovery_codes_left;
  return (
    <>
      <p>
        <StatusTag status="active" /> {t('settings.factor.since')} <Time at={since} day /> ·{' '}
        {t('settings.factor.left', { count: left })}
      </p>
      {left === 0 && <p className="notice">{t('settings.factor.noneLeft')}</p>}
      <RemoveFactor />
    </>
  );
}
