import { CheckCircleOutlined, CloseOutlined, WarningOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { dismissToast, useToasts } from './toast.js';

/** Short news in the corner. The place is always there, or a screen reader would not hear the first. */
export function Toasts() {
  const { t } = useTranslation();
  const toasts = useToasts();
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <div key={toast.id} className={`toast ${toast.kind}`}>
          {toast.kind === 'good' ? <CheckCircleOutlined aria-hidden /> : <WarningOutlined aria-hidden />}
          <span>{toast.text}</span>
          <button
            type="button"
            className="icon-button"
            aria-label={t('shell.dismiss')}
            onClick={() => dismissToast(toast.id)}
          >
            <CloseOutlined aria-hidden />
          </button>
        </div>
      ))}
    </div>
  );
}
