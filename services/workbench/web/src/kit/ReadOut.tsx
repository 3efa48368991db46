/** Numbers large enough to read aloud to the caller, in groups. */
import styles from './readout.module.css';

/** "ZQ-20261124-000131" → "ZQ 20261124 000131", "7K3M9Q2T" → "7K3M 9Q2T". */
export function aloud(text: string): string {
  return text.includes('-') ? text.replaceAll('-', ' ') : text.replaceAll(/(.{4})(?=.)/g, '$1 ');
}

export function ReadOut({ items }: { items: { label: string; value: string }[] }) {
  return (
    <dl className={styles.readout}>
      {items.map((item) => (
        <div key={item.label}>
          <dt>{item.label}</dt>
          <dd>{aloud(item.value)}</dd>
        </div>
      ))}
    </dl>
  );
}
