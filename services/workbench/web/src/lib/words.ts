/** Words on the screen: `t` for our own texts, `say` for wordings the server composed. */
import { useTranslation } from 'react-i18next';
import type { Text } from '@/api/types';
import type { Problem } from '@/api/client';

export type Language = 'zh-CN' | 'en';

export function useWords() {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language === 'en' ? 'en' : 'zh-CN';
  const say = (text: Text | null | undefined): string => (text ? (language === 'en' ? text.en : text.zh) : '');
  const explain = (problem: Problem): string => (language === 'en' ? problem.en : problem.zh);
  return { t, say, explain, language };
}
