/** An address that leads nowhere. */
import { useNavigate } from 'react-router-dom';
import { Act } from '@/kit/Act';
import { Empty } from '@/kit/states';
import { useWords } from '@/lib/words';

export default function NotFound() {
  const { t } = useWords();
  const navigate = useNavigate();
  return <Empty title={t('state.no_page')} advice={t('state.no_page_advice')} action={<Act onAct={() => void navigate('/')}>{t('shell.home')}</Act>} />;
}
