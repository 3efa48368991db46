/** Label above, note at its right, the control, and under it the error or warning of that field. */
import { useId, type ReactNode } from 'react';
import { ExclamationCircleFilled, WarningFilled } from '@ant-design/icons';
import styles from './field.module.css';

interface Props {
  label: ReactNode;
  required?: boolean;
  note?: ReactNode;
  error?: string | null;
  warning?: ReactNode;
  /** A group (choices) is named by aria-label itself. */
  group?: boolean;
  children: (ids: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean; 'aria-required': boolean }) => ReactNode;
  className?: string;
}

export function Field({ label, required, note, error, warning, group, children, className }: Props) {
  const id = useId();
  const noteId = `${id}-note`;
  const tail = error || warning;
  const name = (
    <>
      {label}
      {required && (
        <span className={styles.required} aria-hidden>
          *
        </span>
      )}
    </>
  );
  return (
    <div className={`${styles.field} ${className ?? ''}`}>
      <div className={styles.head}>
        {group ? <span className={styles.label}>{name}</span> : <label htmlFor={id} className={styles.label}>{name}</label>}
        {note && <span className={styles.note}>{note}</span>}
      </div>
      {children({ id, 'aria-describedby': tail ? noteId : undefined, 'aria-invalid': Boolean(error), 'aria-required': Boolean(required) })}
      <div id={noteId} aria-live="polite">
        {error ? <FieldError>{error}</FieldError> : warning && <FieldWarning>{warning}</FieldWarning>}
      </div>
    </div>
  );
}

export function FieldError({ children }: { children: ReactNode }) {
  return (
    <p className={styles.error}>
      <ExclamationCircleFilled aria-hidden />
      <span>{children}</span>
    </p>
  );
}

export function FieldWarning({ children }: { children: ReactNode }) {
  return (
    <p className={styles.warning}>
      <WarningFilled aria-hidden />
      <span>{children}</span>
    </p>
  );
}
