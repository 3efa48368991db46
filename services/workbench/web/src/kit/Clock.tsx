/** One deadline as icon + word + colour, ticking on server time. */
import { CheckCircleFilled, ClockCircleOutlined, HourglassOutlined, PauseCircleOutlined, WarningFilled } from '@ant-design/icons';
import type { Deadline } from '@/api/types';
import { fullOf } from '@/lib/dates';
import { useServerNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import { clockWords, toneOf, type ClockTone } from './clockWords';
import marks from './marks.module.css';

const ICON = {
  normal: ClockCircleOutlined,
  soon: HourglassOutlined,
  over: WarningFilled,
  done: CheckCircleFilled,
  paused: PauseCircleOutlined,
} satisfies Record<ClockTone, unknown>;

interface Props {
  deadline: Deadline | null;
  /** `left` counts down, `when` names the moment unless it is within the hour. */
  style?: 'left' | 'when';
}

export function Clock({ deadline, style = 'left' }: Props) {
  const now = useServerNow();
  const { t, say } = useWords();
  if (!deadline) return <span className={marks.note}>{t('clock.none')}</span>;
  const tone = toneOf(deadline, now);
  const Icon = ICON[tone];
  const words = deadline.state === 'paused' && deadline.pause_reason ? say(deadline.pause_reason) : clockWords(deadline, now, style, t);
  const title = [say(deadline.title), deadline.due_at ? fullOf(new Date(deadline.due_at)) : '', say(deadline.rule)].filter(Boolean).join(' · ');
  return (
    <span className={`${marks.clock} ${marks[`clock_${tone}`]}`} title={title}>
      <Icon aria-hidden />
      <span>{words}</span>
      <span className="nl-sr">{t(`clock.tone_${tone}`)}</span>
      {deadline.provisional && <span className={marks.note}>{t('clock.provisional')}</span>}
    </span>
  );
}
