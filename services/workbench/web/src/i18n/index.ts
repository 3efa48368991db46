/** Two languages, one file per area under each; only the language in use is loaded, and large areas only by the pages that speak them. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '@/lib/words';

const packs = {
  'zh-CN': () => import('./zh-CN'),
  en: () => import('./en'),
};

/** Each of these is a chunk of its own: what the desk of the hotline never says, it does not load. */
const later = import.meta.glob<Record<string, unknown>>('./*/{accounts,audit,caselist,files,material,operations,overview,print,track,welfare}.json', { import: 'default' });
export type LaterArea = 'accounts' | 'audit' | 'caselist' | 'files' | 'material' | 'operations' | 'overview' | 'print' | 'track' | 'welfare';
const wanted = new Set<LaterArea>();

async function load(language: Language, areas: Iterable<LaterArea>): Promise<void> {
  await Promise.all(
    [...areas].map(async (area) => {
      const content = await later[`./${language}/${area}.json`]?.();
      i18next.addResourceBundle(language, 'translation', { [area]: content }, true, true);
    }),
  );
}

/** Before a page is shown: the words of its areas, in the language in use; a later change of language brings them along. */
export async function needWords(areas: readonly LaterArea[]): Promise<void> {
  for (const area of areas) wanted.add(area);
  await load(i18next.language === 'en' ? 'en' : 'zh-CN', areas);
}

const STORE_KEY = 'nuanliu.language';

export function storedLanguage(): Language {
  return localStorage.getItem(STORE_KEY) === 'en' ? 'en' : 'zh-CN';
}

/** Switches without a reload: nothing typed is lost. */
export async function setLanguage(language: Language): Promise<void> {
  const { words } = await packs[language]();
  i18next.addResourceBundle(language, 'translation', words, true, true);
  await load(language, wanted);
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
