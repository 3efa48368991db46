/** Three large buttons: call, listen, and how to hand in papers. */
import { useEffect, useRef, useState } from 'react';
import { CameraOutlined, PhoneFilled, SoundOutlined } from '@ant-design/icons';
import type { Tracked } from '@/api/track';
import { useWords } from '@/lib/words';
import { useTrackDay } from './useTrackDay';
import styles from './track.module.css';

const HOTLINE = '12351';
const canSpeak = (): boolean => 'speechSynthesis' in window;

function useReading(data: Tracked | null) {
  const { t, say, language } = useWords();
  const day = useTrackDay();
  const [reading, setReading] = useState(false);
  useEffect(() => () => (canSpeak() ? speechSynthesis.cancel() : undefined), []);
  const toggle = () => {
    if (!data) return;
    speechSynthesis.cancel();
    if (reading) {
      setReading(false);
      return;
    }
    const sentences = [t('track.now'), say(data.title), say(data.text), data.answer_by && t('track.answer_by', { day: day(data.answer_by) }), say(data.arbitration)];
    const speech = new SpeechSynthesisUtterance(sentences.filter(Boolean).join(' ').replaceAll('**', ''));
    speech.lang = language;
    speech.rate = 0.9;
    speech.addEventListener('end', () => setReading(false));
    speech.addEventListener('error', () => setReading(false));
    speechSynthesis.speak(speech);
    setReading(true);
  };
  return { reading, toggle };
}

function PapersDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className={styles.papers} aria-labelledby="papers-title" onClose={onClose}>
      <h2 id="papers-title">{t('track.papers')}</h2>
      <p>{t('track.papers_how')}</p>
      <ul>
        {['wages', 'attendance', 'contract'].map((one) => (
          <li key={one}>{t(`track.papers_${one}`)}</li>
        ))}
      </ul>
      <a className={styles.primary} href={`tel:${HOTLINE}`}>
        <PhoneFilled aria-hidden /> {t('track.call_papers')}
      </a>
      <button type="button" className={styles.second} onClick={() => dialog.current?.close()}>
        {t('track.close')}
      </button>
    </dialog>
  );
}

export function TrackFoot({ data }: { data: Tracked | null }) {
  const { t } = useWords();
  const [papers, setPapers] = useState(false);
  const { reading, toggle } = useReading(data);
  return (
    <footer className={styles.foot}>
      <a className={styles.primary} href={`tel:${data?.hotline ?? HOTLINE}`}>
        <PhoneFilled aria-hidden /> {t('track.call', { number: data?.hotline ?? HOTLINE })}
      </a>
      {data && (
        <div className={styles.pair}>
          {canSpeak() && (
            <button type="button" className={styles.second} aria-pressed={reading} onClick={toggle}>
              <SoundOutlined aria-hidden /> {t(reading ? 'track.stop' : 'track.listen')}
            </button>
          )}
          <button type="button" className={styles.second} onClick={() => setPapers(true)}>
            <CameraOutlined aria-hidden /> {t('track.papers')}
          </button>
        </div>
      )}
      {papers && <PapersDialog onClose={() => setPapers(false)} />}
    </footer>
  );
}
