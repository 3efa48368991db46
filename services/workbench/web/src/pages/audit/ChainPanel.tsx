/** Recomputes every hash of every service: one changed letter anywhere shows here. */
import { SafetyCertificateOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { checkChains, type ChainState } from '@/api/operations';
import { Act } from '@/kit/Act';
import { Panel } from '@/kit/Panel';
import { Failed } from '@/kit/states';
import { StatusWord } from '@/kit/StatusTag';
import { useWords } from '@/lib/words';
import styles from './audit.module.css';

function ChainLine({ one }: { one: ChainState }) {
  const { t, say } = useWords();
  const { report } = one;
  return (
    <li className={styles.chain}>
      <span>{say(one.name)}</span>
      {report === null && <StatusWord tone="soon">{t('audit.no_answer')}</StatusWord>}
      {report?.ok && <StatusWord tone="done">{t('audit.chain_ok', { links: report.links, chains: report.chains })}</StatusWord>}
      {report && !report.ok && (
        <StatusWord tone="over">
          <span title={report.why}>{t('audit.chain_bad', { chain: report.bad_chain ?? '', seq: report.bad_seq ?? '' })}</span>
        </StatusWord>
      )}
    </li>
  );
}

export function ChainPanel() {
  const { t } = useWords();
  const check = useMutation({ mutationFn: checkChains });
  return (
    <Panel
      title={t('audit.chains')}
      action={
        <Act size="row" icon={<SafetyCertificateOutlined />} busy={check.isPending} onAct={() => check.mutate()}>
          {t('audit.check')}
        </Act>
      }
    >
      {check.isError && <Failed problem={check.error} title={t('audit.check_failed')} onRetry={() => check.mutate()} />}
      {check.data ? (
        <ul aria-live="polite">
          {check.data.items.map((one) => (
            <ChainLine key={one.service} one={one} />
          ))}
        </ul>
      ) : (
        <p className={styles.chainNote}>{t('audit.chain_note')}</p>
      )}
    </Panel>
  );
}
