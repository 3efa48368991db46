/** Where the code is typed: one field, one button, and where to find the code. */
import { useState } from 'react';
import { useWords } from '@/lib/words';
import { cleaned, CODE_CHARS, grouped } from './code';
import styles from './track.module.css';

interface Props {
  start: string;
  problem: string | null;
  /** The line was down: the same code once more. */
  retry: (() => void) | null;
  onCode: (code: string) => void;
}

export function CodeEntry({ start, problem, retry, onCode }: Props) {
  const { t } = useWords();
  const [code, setCode] = useState(() => cleaned(start));
  const [early, setEarly] = useState(false);
  const error = early && code.length < CODE_CHARS ? t('track.too_short', { n: CODE_CHARS }) : problem;
  return (
    <form
      className={styles.entry}
      onSubmit={(event) => {
        event.preventDefault();
        if (code.length < CODE_CHARS) setEarly(true);
        else if (retry && code === cleaned(start)) retry();
        else onCode(code);
      }}
    >
      <h1 className={styles.entryTitle}>{t('track.enter')}</h1>
      <label htmlFor="track-code" className={styles.entryLabel}>
        {t('track.code')}
      </label>
      <input id="track-code" className={styles.entryField} value={grouped(code)} autoComplete="off" autoCapitalize="characters" spellCheck={false} inputMode="text" placeholder="7K3M-9Q2T" aria-invalid={Boolean(error)} aria-describedby="track-note" onChange={(event) => setCode(cleaned(event.target.value))} />
      <div id="track-note" aria-live="polite">
        {error ? <p className={styles.entryError}>{error}</p> : <p className={styles.entryNote}>{t('track.where')}</p>}
      </div>
      <button type="submit" className={styles.primary}>
        {t(retry ? 'track.again' : 'track.look')}
      </button>
    </form>
  );
}
