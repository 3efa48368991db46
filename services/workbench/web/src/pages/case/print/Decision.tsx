/** 帮扶决定告知书: granted with its amount, or refused; the person is masked, the name is written by hand. */
import { useQuery } from '@tanstack/react-query';
import { getApplication } from '@/api/welfare';
import { yuanText } from '@/kit/Money';
import { QueryState } from '@/kit/states';
import { useWords } from '@/lib/words';
import { Rows, Sheet } from './Sheet';
import styles from './print.module.css';

const REFUSED = 'rejected';

export function Decision({ applicationId }: { applicationId: string }) {
  const { t, say } = useWords();
  const query = useQuery({ queryKey: ['application', applicationId, 'print'], queryFn: () => getApplication(applicationId) });
  return (
    <QueryState query={query} rows={6}>
      {(one) => {
        const refused = one.state.code === REFUSED;
        return (
          <Sheet title={t('print.decision')} number={one.application_no} hands={[t('print.hand_receiver'), t('print.hand_unit')]}>
            <Rows
              rows={[
                [t('print.dec_applicant'), say(one.title)],
                [t('print.dec_result'), t(refused ? 'print.dec_refused' : 'print.dec_granted')],
                ...(refused ? [] : [[t('print.dec_amount'), t('kit.yuan', { amount: yuanText(one.amount_fen) })] as [string, string]]),
                [t('print.unit'), one.org.name],
                [t('print.state'), say(one.state.label)],
              ]}
            />
            <p className={styles.note}>{t('print.dec_appeal')}</p>
          </Sheet>
        );
      }}
    </QueryState>
  );
}
