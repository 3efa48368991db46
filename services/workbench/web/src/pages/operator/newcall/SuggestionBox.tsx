/** What the words suggest, with the words, from most to least sure. One key takes all; the person decides. */
import { useState, type RefObject } from 'react';
import { BulbOutlined } from '@ant-design/icons';
import type { Suggested, Suggestion } from '@/api/intake';
import { Act } from '@/kit/Act';
import { KeyCap } from '@/kit/KeyCap';
import { useWords } from '@/lib/words';
import styles from './newcall.module.css';

const SURE_PERCENT = 80;
const FAIR_PERCENT = 60;
const EVIDENCE_SHOWN = 2;

const level = (percent: number): string => (percent >= SURE_PERCENT ? 'high' : percent >= FAIR_PERCENT ? 'fair' : 'low');

interface Props {
  suggestion: Suggestion;
  box: RefObject<HTMLDivElement | null>;
  onTake: () => void;
  onOther: (code: string) => void;
}

export function SuggestionBox({ suggestion, box, onTake, onOther }: Props) {
  const { t, say } = useWords();
  const [showOthers, setShowOthers] = useState(false);
  const lines: [name: string, what: Suggested | null, urgent: boolean][] = [
    ['category', suggestion.category, false],
    ['track', suggestion.track, false],
    ['urgency', suggestion.urgency, true],
  ];
  const known = lines.flatMap(([name, what, urgent]) => (what ? [{ name, what, urgent }] : []));
  if (known.length === 0) return null;
  const take = (
    <Act kind="chosen" onAct={onTake} label={t('call.take', { n: known.length })}>
      <span className={styles.take}>
        {t('call.take', { n: known.length })} <KeyCap>Tab</KeyCap>
        <KeyCap>Enter</KeyCap>
      </span>
    </Act>
  );
  return (
    <section className={styles.suggestion} aria-label={t('call.suggestion')} ref={box} aria-live="polite">
      <header className={styles.suggestHead}>
        <BulbOutlined aria-hidden /> <b>{t('call.suggestion')}</b> <span className={styles.quiet}>{t('call.suggestion_note')}</span>
      </header>
      <div className={styles.suggestLines}>
        {known.map(({ name, what, urgent }) => (
          <div key={name} className={styles.suggestLine}>
            <span className={styles.quiet}>{t(`call.part_${name}`)}</span>
            <b title={say(what.label)}>{say(what.label)}</b>
            <span className={styles.meter} aria-hidden>
              <i style={{ width: `${what.percent}%` }} />
            </span>
            <span className={styles.percent}>
              {what.percent}% {t(`call.level_${level(what.percent)}`)}
            </span>
            <span className={styles.because}>
              <span className={urgent ? styles.underUrgent : styles.under}>
                {[...what.evidence.slice(0, EVIDENCE_SHOWN).map((one) => one.text), say(what.note)].filter(Boolean).join(name === 'category' ? ' · ' : '，')}
              </span>
            </span>
          </div>
        ))}
      </div>
      <div className={styles.suggestActs}>
        {take}
        {suggestion.others.length > 0 && (
          <button type="button" className={styles.others} aria-expanded={showOthers} onClick={() => setShowOthers(!showOthers)}>
            {t('call.others', { n: suggestion.others.length })}
          </button>
        )}
      </div>
      {showOthers && (
        <div className={styles.otherList}>
          {suggestion.others.map((one) => (
            <Act key={one.code} size="row" onAct={() => onOther(one.code)}>
              {`${say(one.label)} ${one.percent}%`}
            </Act>
          ))}
        </div>
      )}
    </section>
  );
}
