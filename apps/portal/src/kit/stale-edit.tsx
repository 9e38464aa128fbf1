import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { differencesOf } from './difference.js';
import { Rows } from './data-list.js';

interface StaleEditProps {
  readonly mine: unknown;
  readonly theirs: unknown;
  /** Saves mine over theirs, now that the difference was seen. */
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
}

/** Somebody saved in between (412): shows what differs and lets one choose, before anything is lost. */
export function StaleEdit({ mine, theirs, onKeepMine, onTakeTheirs }: StaleEditProps) {
  const { t } = useTranslation();
  return (
    <section className="problem" role="alert">
      <p className="problem-title">{t('kit.staleTitle')}</p>
      <p>{t('kit.staleDetail')}</p>
      <Rows
        label={t('kit.staleTitle')}
        rows={differencesOf(mine, theirs)}
        rowKey={(row) => row.path}
        columns={[
          { key: 'path', title: t('kit.field'), cell: (row) => <code>{row.path}</code> },
          { key: 'mine', title: t('kit.mine'), cell: (row) => row.mine || '–' },
          { key: 'theirs', title: t('kit.theirs'), cell: (row) => row.theirs || '–' },
        ]}
      />
      <div className="actions">
        <Button onClick={onTakeTheirs}>{t('kit.takeTheirs')}</Button>
        <Button type="primary" onClick={onKeepMine}>
          {t('kit.keepMine')}
        </Button>
      </div>
    </section>
  );
}
