/** It is registered: the numbers to read aloud, what happens by when, and the next call one key away. */
import { useEffect, useRef } from 'react';
import { CheckCircleFilled } from '@ant-design/icons';
import { Link } from 'react-router-dom';
import type { Registered } from '@/api/intake';
import { Act } from '@/kit/Act';
import { Panel } from '@/kit/Panel';
import { ReadOut } from '@/kit/ReadOut';
import { StatusWord } from '@/kit/StatusTag';
import { monthDay, timeOf } from '@/lib/dates';
import { useWords } from '@/lib/words';
import styles from './newcall.module.css';

interface Props {
  registered: Registered;
  onNext: () => void;
  onSameCaller: () => void;
}

export function Saved({ registered, onNext, onSameCaller }: Props) {
  const { t, say } = useWords();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector<HTMLElement>('button.ant-btn-primary')?.focus();
  }, []);
  const dates = registered.clocks.flatMap((one) => (one.due_at ? [`${say(one.title)} ${monthDay(new Date(one.due_at))} ${timeOf(new Date(one.due_at))}`] : []));
  return (
    <div className={styles.saved} ref={box} role="status" aria-live="assertive">
      <Panel title={t('call.saved')} count={registered.tracking_sent ? t('call.saved_note') : undefined} action={<StatusWord tone="done" icon={<CheckCircleFilled />}>{t('call.saved_done')}</StatusWord>}>
        <div className={styles.savedBody}>
          <ReadOut
            items={[
              { label: t('call.case_no'), value: registered.case_no },
              { label: t(registered.tracking_sent ? 'call.code_sent' : 'call.code'), value: registered.tracking_code },
            ]}
          />
          <p className={styles.quiet}>{dates.join(' · ')}</p>
          <div className={styles.savedActs}>
            <Link to={`/cases/${registered.case_id}`}>{t('call.open_case')}</Link>
            <Act size="bar" onAct={onSameCaller}>
              {t('call.same_caller')}
            </Act>
            <Act kind="primary" size="bar" cap="F2" onAct={onNext}>
              {t('call.next_call')}
            </Act>
          </div>
        </div>
      </Panel>
    </div>
  );
}
