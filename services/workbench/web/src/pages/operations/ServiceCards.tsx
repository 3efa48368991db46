/** One card per service: how far behind it is, how many facts wait, how old the oldest is; the worst is tinted. */
import type { ServiceState } from '@/api/operations';
import { StatusWord } from '@/kit/StatusTag';
import { useWords } from '@/lib/words';
import { healthOf } from './health';
import type { Samples } from './Operations';
import styles from './operations.module.css';

const WIDTH = 72;
const HEIGHT = 20;
const PAD = 3;

/** Drawn by hand: forty points need no chart library. */
function Spark({ values, label }: { values: number[]; label: string }) {
  if (values.length < 2) return null;
  const top = Math.max(...values, 1);
  const points = values.map((value, index) => [PAD + (index * (WIDTH - 2 * PAD)) / (values.length - 1), HEIGHT - PAD - (value * (HEIGHT - 2 * PAD)) / top] as const);
  const last = points.at(-1);
  return (
    <svg className={styles.spark} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <polyline points={points.map((one) => one.join(',')).join(' ')} fill="none" stroke="currentColor" strokeWidth="1.5" />
      {last && <circle cx={last[0]} cy={last[1]} r="2" fill="currentColor" />}
    </svg>
  );
}

function Card({ one, values }: { one: ServiceState; values: number[] }) {
  const { t, say } = useWords();
  const health = healthOf(one);
  const { overview } = one;
  const figures: [string, string, string][] = overview
    ? [
        ['lag', String(overview.lag_records), t('operations.unit_message')],
        ['unsent', String(overview.outbox_rows), t('operations.unit_message')],
        ['oldest', overview.outbox_rows > 0 ? overview.outbox_age_s.toFixed(1) : '—', overview.outbox_rows > 0 ? t('operations.unit_second') : ''],
        ['parked', String(overview.parked), t('operations.unit_message')],
      ]
    : [];
  return (
    <section className={`${styles.card} ${styles[`card_${health}`]}`} aria-label={say(one.name)}>
      <header className={styles.cardHead}>
        <StatusWord tone={health}>
          <b className={styles.cardName}>{say(one.name)}</b>
        </StatusWord>
        <span className={styles.note}>{one.service}</span>
        <Spark values={values} label={t('operations.lag_curve')} />
      </header>
      {overview ? (
        <dl className={styles.figures}>
          {figures.map(([name, value, unit]) => (
            <div key={name}>
              <dt>{t(`operations.card_${name}`)}</dt>
              <dd>
                {value}
                <span className={styles.unit}>{unit}</span>
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className={styles.silent}>{t('operations.silent_advice')}</p>
      )}
    </section>
  );
}

export function ServiceCards({ services, samples }: { services: ServiceState[]; samples: Samples }) {
  return (
    <div className={styles.cards}>
      {services.map((one) => (
        <Card key={one.service} one={one} values={samples[one.service] ?? []} />
      ))}
    </div>
  );
}
