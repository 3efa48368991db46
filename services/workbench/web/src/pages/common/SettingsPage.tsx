/** How the screen behaves for this person: language, size of text, single-letter keys, sound, what follows an action; and what one signs in with. */
import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { newKey } from '@/api/client';
import { saveSettings } from '@/api/session';
import type { Settings } from '@/api/types';
import { Choices } from '@/kit/Choices';
import { Field } from '@/kit/Field';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Failed } from '@/kit/states';
import { toast } from '@/kit/toasts';
import { useSession } from '@/lib/session';
import { useWords } from '@/lib/words';
import { OwnAuthenticator } from './OwnAuthenticator';
import { OwnPassword } from './OwnPassword';
import page from '@/kit/page.module.css';
import styles from './settings.module.css';

const SIZES = ['14', '16', '18'] as const;
const AFTER = ['stay', 'list', 'next'] as const;
const SWITCH = ['on', 'off'] as const;

export default function SettingsPage() {
  const { t } = useWords();
  const session = useSession();
  const client = useQueryClient();
  const [settings, setSettings] = useState<Settings>(session.settings);
  const save = useMutation({
    mutationFn: (next: Settings) => saveSettings(next, newKey()),
    onSuccess: (saved) => {
      client.setQueryData(['session'], { ...session, settings: saved });
      toast('done', t('settings.saved'));
    },
  });
  const change = (changed: Partial<Settings>) => {
    const next = { ...settings, ...changed };
    setSettings(next);
    save.mutate(next);
  };
  const onOff = SWITCH.map((value) => ({ value, label: t(`settings.${value}`) }));
  return (
    <div className={`${page.page} ${page.ends}`}>
      <PageHead title={t('settings.page')} note={t('settings.note')} />
      <div className={styles.columns}>
      <Panel title={t('settings.screen')}>
        <div className={styles.form}>
          <Field label={t('settings.language')} group>
            {() => (
              <Choices
                items={[{ value: 'zh-CN', label: t('settings.zh') }, { value: 'en', label: t('settings.en') }]}
                value={settings.language}
                onChange={(language) => change({ language })}
                label={t('settings.language')}
              />
            )}
          </Field>
          <Field label={t('settings.size')} group>
            {() => (
              <Choices
                items={SIZES.map((value) => ({ value, label: value }))}
                value={`${settings.font_size}`}
                onChange={(size) => change({ font_size: Number(size) as Settings['font_size'] })}
                label={t('settings.size')}
              />
            )}
          </Field>
          <Field label={t('settings.letters')} note={t('settings.letters_note')} group>
            {() => <Choices items={onOff} value={settings.letter_keys ? 'on' : 'off'} onChange={(on) => change({ letter_keys: on === 'on' })} label={t('settings.letters')} />}
          </Field>
          <Field label={t('settings.sound')} group>
            {() => <Choices items={onOff} value={settings.sound ? 'on' : 'off'} onChange={(on) => change({ sound: on === 'on' })} label={t('settings.sound')} />}
          </Field>
          <Field label={t('settings.after')} group>
            {() => (
              <Choices
                items={AFTER.map((value) => ({ value, label: t(`settings.after_${value}`) }))}
                value={settings.after_action}
                onChange={(after_action) => change({ after_action })}
                label={t('settings.after')}
              />
            )}
          </Field>
          {save.isError && <Failed problem={save.error} onRetry={() => save.mutate(settings)} />}
        </div>
      </Panel>
      <div className={page.column}>
        <OwnPassword />
        <OwnAuthenticator />
      </div>
      </div>
    </div>
  );
}
