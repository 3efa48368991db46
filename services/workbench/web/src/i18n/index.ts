/** Two languages, one file per area under each; only the language in use is loaded. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '@/lib/words';

const packs = {
  'zh-CN': () => import('./zh-CN'),
  en: () => import('./en'),
};

const STORE_KEY = 'nuanliu.language';

export function storedLanguage(): Language {
  return localStorage.getItem(STORE_KEY) === 'en' ? 'en' : 'zh-CN';
}

/** Switches without a reload: nothing typed is lost. */
export async function setLanguage(language: Language): Promise<void> {
  const { words } = await packs[language]();
  i18next.addResourceBundle(language, 'translation', words, true, true);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  localStorage.setItem(STORE_KEY, language);
}

export async function startWords(): Promise<void> {
  const language = storedLanguage();
  const { words } = await packs[language]();
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: { translation: words } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language;
}
