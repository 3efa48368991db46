/** The agreement: its text and payment plan, the hands set under it, and afterwards its instalments and review. */
import { Panel } from '@/kit/Panel';
import { useWords } from '@/lib/words';
import { DisputeHead } from '../shared/DisputeHead';
import { Guards } from '../shared/Guards';
import { OfDispute } from '../shared/OfDispute';
import { Draft } from './Draft';
import { Instalments } from './Instalments';
import { Hands } from './Hands';
import { Review } from './Review';
import page from '@/kit/page.module.css';
import shared from '../shared/shared.module.css';
import styles from './agreement.module.css';

export default function AgreementPage() {
  const { t } = useWords();
  return (
    <OfDispute>
      {(dispute, content) => {
        const agreement = content.agreement;
        const settled = content.outcome === 'agreement';
        return (
          <div className={styles.frame}>
            <DisputeHead page={dispute} title={t('agreement.title')} />
            <div className={styles.columns}>
              {settled && agreement ? <Instalments page={dispute} agreement={agreement} /> : <Draft page={dispute} agreement={agreement} />}
              <div className={`${page.column} ${styles.side}`}>
                <Panel title={t('dispute.next')} count={dispute.missing.length > 0 ? t('board.still', { n: dispute.missing.length }) : undefined}>
                  <div className={shared.body}>
                    <Guards page={dispute} />
                  </div>
                </Panel>
                {agreement && <Hands page={dispute} agreement={agreement} />}
                {settled && agreement && <Review page={dispute} agreement={agreement} />}
              </div>
            </div>
          </div>
        );
      }}
    </OfDispute>
  );
}
