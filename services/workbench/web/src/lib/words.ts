/** Words on the screen: `t` for our own texts, `say` for wordings the server composed. */
import { useTranslation } from 'react-i18next';
import type { Text } from '@/api/types';
import type { Problem } from '@/api/client';

export type Language = 'zh-CN' | 'en';

const SERVER_FAILED = 500;
const TRACE_CHARS = 12;

export function useWords() {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language === 'en' ? 'en' : 'zh-CN';
  const say = (text: Text | null | undefined): string => (text ? (language === 'en' ? text.en : text.zh) : '');
  const sentence = (problem: Problem): string => (language === 'en' ? problem.en : problem.zh);
  /** A refusal says what to correct; a failure also under which number support finds it. */
  const explain = (problem: Problem): string =>
    problem.status >= SERVER_FAILED && problem.traceId ? `${sentence(problem)} ${t('state.trace', { id: problem.traceId.slice(0, TRACE_CHARS) })}` : sentence(problem);
  return { t, say, sentence, explain, language };
}
