/** A form in steps: the stage bar above, one step at a time, Ctrl+Enter goes on, what was typed stays when going back. */
import { useState, type ReactNode } from 'react';
import { useWords } from '@/lib/words';
import { Act } from './Act';
import { ActionBar } from './ActionBar';
import { StageBar, type StageItem } from './StageBar';

export interface Step extends StageItem {
  body: ReactNode;
  /** What keeps this step from going on; null when nothing does. */
  missing: string | null;
}

interface Props {
  steps: Step[];
  verb: string;
  onDone: () => void;
  busy?: boolean;
}

export function StepForm({ steps, verb, onDone, busy }: Props) {
  const { t } = useWords();
  const [at, setAt] = useState(0);
  const step = steps[at];
  const last = at === steps.length - 1;
  return (
    <>
      <StageBar stages={steps} at={at} />
      {step?.body}
      <ActionBar missing={step?.missing}>
        {at > 0 && <Act size="bar" onAct={() => setAt(at - 1)}>{t('kit.back')}</Act>}
        <Act size="bar" kind="primary" shortcut="submit" busy={busy} blocked={Boolean(step?.missing)} onAct={() => (last ? onDone() : setAt(at + 1))}>
          {last ? verb : t('kit.next')}
        </Act>
      </ActionBar>
    </>
  );
}
