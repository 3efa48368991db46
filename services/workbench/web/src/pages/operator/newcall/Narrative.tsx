/**
 * What was said. The words that led to the suggestion are underlined behind the text, and `::` (also `：：`, as a Chinese
 * input method writes it) or F9 inserts a phrase at the cursor without touching what is there.
 */
import { useMemo, useRef, useState, type ReactNode, type RefObject } from 'react';
import type { Evidence, Phrase } from '@/api/intake';
import { useKey } from '@/lib/keys';
import { useWords } from '@/lib/words';
import { NARRATIVE_CHARS_MAX } from './form';
import styles from './newcall.module.css';

const TRIGGER = /(?:::|：：)([^\s:：]*)$/;
const PHRASES_SHOWN = 8;

export interface Underline extends Evidence {
  urgent: boolean;
}

function underlined(text: string, marks: Underline[]): ReactNode[] {
  const nodes: ReactNode[] = [];
  let at = 0;
  for (const mark of marks.toSorted((a, b) => a.start - b.start)) {
    // Typing goes on while the answer travels: a mark whose words moved is left out.
    if (mark.start < at || text.slice(mark.start, mark.end) !== mark.text) continue;
    nodes.push(text.slice(at, mark.start));
    nodes.push(
      <u key={mark.start} className={mark.urgent ? styles.underUrgent : styles.under}>
        {mark.text}
      </u>,
    );
    at = mark.end;
  }
  nodes.push(text.slice(at));
  return nodes;
}

interface Props {
  ids: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean; 'aria-required': boolean };
  input: RefObject<HTMLTextAreaElement | null>;
  value: string;
  onChange: (value: string) => void;
  onBlur: () => void;
  marks: Underline[];
  phrases: Phrase[];
}

export function Narrative({ ids, input, value, onChange, onBlur, marks, phrases }: Props) {
  const { t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const under = useRef<HTMLDivElement>(null);
  const [asked, setAsked] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const nodes = useMemo(() => underlined(value, marks), [value, marks]);
  const wanted = (asked ?? '').toLowerCase();
  const shown = asked === null ? [] : phrases.filter((one) => one.title.includes(wanted) || one.initials.includes(wanted)).slice(0, PHRASES_SHOWN);

  const insert = (phrase: Phrase | undefined) => {
    const area = input.current;
    if (!area || !phrase) return;
    const before = value.slice(0, area.selectionStart).replace(TRIGGER, '');
    const next = before + phrase.text + value.slice(area.selectionEnd);
    onChange(next.slice(0, NARRATIVE_CHARS_MAX));
    setAsked(null);
    const caret = before.length + phrase.text.length;
    requestAnimationFrame(() => {
      area.focus();
      area.setSelectionRange(caret, caret);
    });
  };
  const isOpen = asked !== null;
  useKey('phrases', () => {
    input.current?.focus();
    setAt(0);
    setAsked('');
  });
  useKey('list_down', () => setAt(Math.min(at + 1, shown.length - 1)), { enabled: isOpen, within: box });
  useKey('list_up', () => setAt(Math.max(at - 1, 0)), { enabled: isOpen, within: box });
  useKey('list_take', () => (shown[at] ? insert(shown[at]) : false), { enabled: isOpen, within: box });
  useKey('close', () => setAsked(null), { enabled: isOpen, within: box });

  return (
    <div className={styles.narrative} ref={box}>
      <div className={styles.behind} ref={under} aria-hidden>
        {nodes}
        {'\n'}
      </div>
      <textarea
        {...ids}
        ref={input}
        className={styles.said}
        value={value}
        maxLength={NARRATIVE_CHARS_MAX}
        placeholder={t('call.narrative_hint')}
        onScroll={(event) => {
          if (under.current) under.current.scrollTop = event.currentTarget.scrollTop;
        }}
        onBlur={() => {
          setAsked(null);
          onBlur();
        }}
        onChange={(event) => {
          const text = event.target.value;
          onChange(text);
          const trigger = TRIGGER.exec(text.slice(0, event.target.selectionStart));
          setAsked(trigger ? (trigger[1] ?? '') : null);
          setAt(0);
        }}
      />
      {isOpen && (
        <ul className={styles.phrases} role="listbox" aria-label={t('call.phrases')}>
          {shown.map((one, index) => (
            <li
              key={one.code}
              role="option"
              aria-selected={index === at}
              className={index === at ? styles.phraseAt : undefined}
              onMouseDown={(event) => {
                event.preventDefault();
                insert(one);
              }}
            >
              <b>{one.title}</b>
              <span>{one.text}</span>
            </li>
          ))}
          {shown.length === 0 && <li className={styles.phraseNone}>{t('call.no_phrase')}</li>}
        </ul>
      )}
    </div>
  );
}
