/** Six boxes drawn over one real input: pasting, autofill and screen readers work as in any input. */
import { useState } from 'react';
import { useWords } from '@/lib/words';
import styles from './login.module.css';

export const CODE_LENGTH = 6;

interface Props {
  id: string;
  value: string;
  onChange: (value: string) => void;
  invalid: boolean;
}

export function CodeBoxes({ id, value, onChange, invalid }: Props) {
  const { t } = useWords();
  const [focused, setFocused] = useState(false);
  const at = Math.min(value.length, CODE_LENGTH - 1);
  return (
    <span className={styles.code}>
      <input
        id={id}
        className={styles.codeInput}
        value={value}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={CODE_LENGTH}
        aria-label={t('login.code_label')}
        aria-invalid={invalid}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onChange={(event) => onChange(event.target.value.replaceAll(/\D/g, ''))}
      />
      {Array.from({ length: CODE_LENGTH }, (_, index) => (
        <span key={index} aria-hidden className={`${styles.box} ${focused && index === at ? styles.boxAt : ''} ${invalid ? styles.boxWrong : ''}`}>
          {value[index] ?? ''}
        </span>
      ))}
    </span>
  );
}
