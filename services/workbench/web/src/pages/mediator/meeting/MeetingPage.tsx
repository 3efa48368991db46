/** The joint meeting: planned without clashes, then its attendance, minutes and decisions. */
import { Panel } from '@/kit/Panel';
import { useWords } from '@/lib/words';
import { DisputeHead } from '../shared/DisputeHead';
import { Guards } from '../shared/Guards';
import { OfDispute } from '../shared/OfDispute';
import { Plan } from './Plan';
import { Decisions } from './Decisions';
import { Record } from './Record';
import page from '@/kit/page.module.css';
import shared from '../shared/shared.module.css';
import styles from './meeting.module.css';

export default function MeetingPage() {
  const { t } = useWords();
  return (
    <OfDispute>
      {(dispute, content) => (
        <div className={styles.frame}>
          <DisputeHead page={dispute} title={t('meeting.title')} />
          <div className={styles.columns}>
            <Plan key={content.conference?.booking.starts_at ?? 'new'} page={dispute} conference={content.conference} />
            <Record key={content.conference?.booking.id ?? 'none'} page={dispute} conference={content.conference} />
            <div className={page.column}>
              <Panel title={t('dispute.next')} count={dispute.missing.length > 0 ? t('board.still', { n: dispute.missing.length }) : undefined}>
                <div className={shared.body}>
                  <Guards page={dispute} />
                </div>
              </Panel>
              <Decisions page={dispute} decisions={content.conference?.decisions ?? []} />
            </div>
          </div>
        </div>
      )}
    </OfDispute>
  );
}
