import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const SHOWN_MS = 1_500;

/** A text people carry elsewhere, and the button that does. */
export function CopyText({
  text,
  label,
  short = false,
}: {
  readonly text: string;
  readonly label?: string;
  /** Shows the beginning and the end alone. */
  readonly short?: boolean;
}) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  const shown = short && text.length > 18 ? `${text.slice(0, 8)}…${text.slice(-6)}` : text;
  return (
    <span className={short ? 'copy short' : 'copy'}>
      {label !== undefined && <span className="muted">{label} </span>}
      <code title={text}>{shown}</code>
      <button
        type="button"
        className="icon-button"
        aria-label={t('kit.copy', { what: shown })}
        onClick={() => void copy()}
      >
        {copied ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />}
      </button>
      <span className="hidden" role="status">
        {copied ? t('kit.copied') : ''}
      </span>
    </span>
  );
}
