/** A state as icon + word + colour; blue is in time, amber asks for something, red blocks, green is done, grey waits. */
import type { ReactNode } from 'react';
import { CheckCircleFilled, ExclamationCircleFilled, StopFilled } from '@ant-design/icons';
import marks from './marks.module.css';

export type Tone = 'normal' | 'soon' | 'over' | 'done' | 'paused' | 'brand';

const ICONS: Partial<Record<Tone, ReactNode>> = {
  soon: <ExclamationCircleFilled aria-hidden />,
  over: <StopFilled aria-hidden />,
  done: <CheckCircleFilled aria-hidden />,
};

interface Props {
  tone: Tone;
  children: ReactNode;
  /** Overrides the usual icon of the tone; null shows none. */
  icon?: ReactNode;
  strong?: boolean;
}

export function StatusTag({ tone, children, icon = ICONS[tone], strong }: Props) {
  return (
    <span className={`${marks.tag} ${marks[`tone_${tone}`]} ${strong ? marks.strong : ''}`}>
      {icon}
      {children}
    </span>
  );
}

/** The same without a frame: for lines and lists. */
export function StatusWord({ tone, children, icon = ICONS[tone] }: Props) {
  return (
    <span className={`${marks.clock} ${marks[`clock_${tone}`] ?? ''}`}>
      {icon}
      <span>{children}</span>
    </span>
  );
}
