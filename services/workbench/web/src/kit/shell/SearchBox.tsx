/** Search over everything one may see: number, last digits of a phone, name, employer. `/` from anywhere. */
import { useId, useRef, useState } from 'react';
import { SearchOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router-dom';
import { search } from '@/api/session';
import type { SearchHit } from '@/api/types';
import { useKey } from '@/lib/keys';
import { useLater } from '@/lib/useLater';
import { useWords } from '@/lib/words';
import { KeyCap } from '../KeyCap';
import styles from './shell.module.css';

const PLACES: Record<SearchHit['kind'], string> = { case: '/cases/', application: '/welfare/applications/', employer: '/employers/', party: '/parties/' };
const CHARS_MIN = 2;
const WAIT_MS = 180;

export function SearchBox() {
  const { t, say } = useWords();
  const navigate = useNavigate();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const asked = useLater(text.trim(), WAIT_MS);
  const query = useQuery({ queryKey: ['search', asked], queryFn: () => search(asked), enabled: asked.length >= CHARS_MIN });
  const hits = query.data?.items ?? [];
  const shown = open && asked.length >= CHARS_MIN;

  const go = (hit: SearchHit | undefined) => {
    if (!hit) return;
    setOpen(false);
    setText('');
    void navigate(`${PLACES[hit.kind]}${hit.id}`);
  };
  useKey('search', () => input.current?.focus());
  useKey('list_down', () => setAt(Math.min(at + 1, hits.length - 1)), { enabled: shown, within: box });
  useKey('list_up', () => setAt(Math.max(at - 1, 0)), { enabled: shown, within: box });
  useKey('list_take', (event) => (event.code === 'Tab' ? false : go(hits[at])), { enabled: shown, within: box });
  useKey('close', () => {
    setOpen(false);
    input.current?.blur();
  }, { within: box });

  return (
    <div className={styles.search} ref={box}>
      <SearchOutlined aria-hidden />
      <input
        ref={input}
        role="combobox"
        aria-label={t('shell.search')}
        aria-expanded={shown}
        aria-controls={id}
        aria-activedescendant={shown && hits[at] ? `${id}-${at}` : undefined}
        placeholder={t('shell.search_hint')}
        value={text}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
          setOpen(true);
        }}
      />
      <KeyCap on="bar">/</KeyCap>
      <ul id={id} role="listbox" aria-label={t('shell.search')} className={styles.hits} hidden={!shown}>
        {hits.map((hit, index) => (
          <li
            key={hit.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            className={index === at ? styles.hitActive : undefined}
            onMouseDown={(event) => {
              event.preventDefault();
              go(hit);
            }}
          >
            <span className={styles.hitNo}>{hit.case_no ?? t(`shell.hit_${hit.kind}`)}</span>
            <span className={styles.hitTitle}>{hit.title}</span>
            <span className={styles.hitState}>
              {say(hit.state)} · {hit.org_name}
            </span>
          </li>
        ))}
        {hits.length === 0 && (
          <li role="option" aria-selected={false} className={styles.hitNone}>
            {query.isError ? t('shell.search_failed') : query.isFetching ? t('state.loading') : t('shell.search_none')}
          </li>
        )}
      </ul>
    </div>
  );
}
