/** The disputes the lawyer accepted, those with something due first. */
import { RightOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { getLawyerDisputes, type LawyerDispute } from '@/api/board';
import { Empty, QueryState } from '@/kit/states';
import { StatusTag } from '@/kit/StatusTag';
import { useWords } from '@/lib/words';
import { TaskLine } from './Inbox';
import { Phone } from './Phone';
import styles from './phone.module.css';

export default function Taken() {
  const { t } = useWords();
  const query = useQuery({ queryKey: ['cases', 'lawyer'], queryFn: getLawyerDisputes });
  return (
    <Phone title={t('lawyer.taken')}>
      <QueryState query={query} rows={6}>
        {(page) =>
          page.items.length === 0 ? (
            <div className={styles.card}>
              <Empty title={t('lawyer.none_taken')} advice={t('lawyer.none_taken_advice')} />
            </div>
          ) : (
            page.items.map((one) => <DisputeCard key={one.dispute_id} dispute={one} />)
          )
        }
      </QueryState>
    </Phone>
  );
}

function DisputeCard({ dispute }: { dispute: LawyerDispute }) {
  const { t, say } = useWords();
  return (
    <div className={styles.card}>
      <Link to={`/m/disputes/${dispute.dispute_id}`} className={`${styles.link} ${styles.cardBody}`}>
        <span className={styles.tags}>
          <StatusTag tone="brand">{say(dispute.stage.label)}</StatusTag>
          <StatusTag tone="paused">{t('board.n_people', { n: dispute.people })}</StatusTag>
          <RightOutlined className={styles.right} aria-hidden />
        </span>
        <b className={styles.cardTitle}>{dispute.title}</b>
        <span className={styles.note}>
          {say(dispute.region.label)} · {dispute.case_no}
        </span>
      </Link>
      <ul>
        {dispute.tasks.map((task) => (
          <TaskLine key={`${task.kind}-${task.clock?.due_at}`} task={task} dispute={dispute} />
        ))}
      </ul>
    </div>
  );
}
