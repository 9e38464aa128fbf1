import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  EditOutlined,
  ExclamationCircleOutlined,
  MinusCircleOutlined,
  PauseCircleOutlined,
  SyncOutlined,
} from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { toneOf, type StatusWord, type Tone } from './status.js';

const ICONS = {
  good: CheckCircleOutlined,
  waiting: ClockCircleOutlined,
  working: SyncOutlined,
  warn: ExclamationCircleOutlined,
  bad: CloseCircleOutlined,
  paused: PauseCircleOutlined,
  draft: EditOutlined,
  over: MinusCircleOutlined,
} as const satisfies Record<Tone, typeof CheckCircleOutlined>;

/** A state as icon, word and colour: never by colour alone. */
export function StatusTag({ status }: { readonly status: StatusWord }) {
  const { t } = useTranslation();
  return <Tag tone={toneOf(status)}>{t(`status.${status}`)}</Tag>;
}

/** As a status, for words that are no state. */
export function Tag({ tone, children }: { readonly tone: Tone; readonly children: string }) {
  const Icon = ICONS[tone];
  return (
    <span className={`tag tone-${tone}`}>
      <Icon aria-hidden /> {children}
    </span>
  );
}
