/** One form; beside it what this is. Narrower than 900 the picture hides. */
import { useState } from 'react';
import { RightOutlined, SafetyOutlined } from '@ant-design/icons';
import { Logo } from '@/kit/Logo';
import { setLanguage } from '@/i18n';
import { useWords } from '@/lib/words';
import { SignInForm } from './SignInForm';
import { Waves } from './Waves';
import styles from './login.module.css';

export default function Login({ onDone }: { onDone: () => void }) {
  const { t, language } = useWords();
  const [forgotten, setForgotten] = useState(false);
  return (
    <div className={styles.page}>
      <section className={styles.picture} aria-label={t('login.about')}>
        <Waves />
        <div className={styles.brand}>
          <Logo size={40} />
          <span>{t('shell.product')}</span>
        </div>
        <div className={styles.motto}>
          <p className={styles.mottoLine}>{t('login.motto_1')}</p>
          <p className={styles.mottoLine}>{t('login.motto_2')}</p>
          <p className={styles.mottoNote}>{t('login.motto_note')}</p>
        </div>
        <p className={styles.owner}>{t('login.owner')}</p>
      </section>
      <main className={styles.side}>
        <div className={styles.column}>
          <h1 className={styles.title}>{t('login.title')}</h1>
          <p className={styles.note}>{t('login.note')}</p>
          <SignInForm onDone={onDone} />
          <div className={styles.below}>
            <span>
              <button type="button" className={styles.link} aria-expanded={forgotten} onClick={() => setForgotten(!forgotten)}>
                {t('login.forgotten')}
              </button>
              <button type="button" className={styles.link} onClick={() => void setLanguage(language === 'en' ? 'zh-CN' : 'en')}>
                {t('login.other_language')}
              </button>
            </span>
            <span className={styles.small}>{t('login.idle')}</span>
          </div>
          {forgotten && (
            <p className={styles.note} role="status">
              {t('login.forgotten_advice')}
            </p>
          )}
          <a className={styles.track} href="/track">
            <span>
              <b>{t('login.track')}</b>
              <span className={styles.small}>{t('login.track_note')}</span>
            </span>
            <RightOutlined aria-hidden />
          </a>
        </div>
        <p className={styles.foot}>
          <SafetyOutlined aria-hidden /> {t('login.foot')}
        </p>
      </main>
    </div>
  );
}
