import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { saveFile } from '../../kit/save-file.js';

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly onKept: () => void;
}

/** For the day the telephone is lost. They are shown this once: the exchange keeps their hashes alone. */
export function RecoveryCodes({ codes, onKept }: RecoveryCodesProps) {
  const { t } = useTranslation();
  return (
    <section className="notice factor-kept" aria-label={t('settings.factor.codes')}>
      <p>
        <strong>{t('settings.factor.codes')}</strong>
      </p>
      <p>{t('settings.factor.codesHint')}</p>
      <ul className="factor-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="actions">
        <Button onClick={() => saveFile('hetao-recovery-codes.txt', 'text/plain', `${codes.join('\n')}\n`)}>
          {t('settings.factor.saveCodes')}
        </Button>
        <Button type="primary" onClick={onKept}>
          {t('settings.factor.kept')}
        </Button>
      </div>
    </section>
  );
}
