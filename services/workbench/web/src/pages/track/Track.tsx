/** A worker follows the request by its code, on any phone: what is happening now, what comes next, by when, and what else they may do. */
import { useEffect, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router-dom';
import { Problem } from '@/api/client';
import { getTracked } from '@/api/track';
import { useWords } from '@/lib/words';
import { CodeEntry } from './CodeEntry';
import { TrackFoot } from './TrackFoot';
import { TrackHead, type TextSize } from './TrackHead';
import { Tracking } from './Tracking';
import styles from './track.module.css';

const REFRESH_MS = 120_000;
const SIZE_KEY = 'nuanliu.track.size';
const TRIES_MAX = 2;
/** 14 of the usual 16 px: one rem of this product. */
const BASE_OF_BROWSER = '87.5%';

const isOffline = (cause: unknown): boolean => cause instanceof Problem && cause.isOffline;

export default function TrackPage() {
  const { t, explain } = useWords();
  const { code = '' } = useParams();
  const navigate = useNavigate();
  const [size, setSize] = useState<TextSize>(() => (localStorage.getItem(SIZE_KEY) === 'larger' ? 'larger' : 'large'));
  const query = useQuery({ queryKey: ['track', code], queryFn: () => getTracked(code), enabled: code !== '', refetchInterval: REFRESH_MS, retry: (count, cause) => count < TRIES_MAX && isOffline(cause) });
  useEffect(() => {
    document.title = t('track.title');
    // The letters follow what the person set in the browser, not the desk's fixed base.
    document.documentElement.style.setProperty('--base-size', BASE_OF_BROWSER);
  }, [t]);
  const choose = (next: TextSize) => {
    localStorage.setItem(SIZE_KEY, next);
    setSize(next);
  };
  const refused = query.error instanceof Problem ? query.error : null;
  return (
    <div className={`${styles.page} ${size === 'larger' ? styles.larger : ''}`}>
      <TrackHead org={t('track.product')} size={size} onSize={choose} />
      <main className={styles.main}>
        {code !== '' && query.isPending && (
          <p className={styles.wait} role="status">
            {t('track.loading')}
          </p>
        )}
        {query.data && query.isError && (
          <p className={styles.stale} role="status">
            {t('track.stale')}
          </p>
        )}
        {query.data && <Tracking data={query.data} />}
        {!query.data && !query.isFetching && (
          <CodeEntry key={code} start={code} problem={refused ? explain(refused) : null} retry={refused?.isOffline ? () => void query.refetch() : null} onCode={(next) => void navigate(`/track/${next}`)} />
        )}
      </main>
      <TrackFoot data={query.data ?? null} />
    </div>
  );
}
