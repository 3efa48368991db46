/** What waits for the lawyer: offers by their end, what is to be done today, and what ran out by itself. */
import { CalendarOutlined, EditOutlined, FileTextOutlined, RightOutlined, StopOutlined, TeamOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { getLawyerDisputes, type LawyerDispute, type LawyerTask } from '@/api/board';
import { Clock } from '@/kit/Clock';
import { yuanText } from '@/kit/Money';
import { Empty, QueryState } from '@/kit/states';
import { StatusTag } from '@/kit/StatusTag';
import { dayOf, daysBetween, monthDay, timeOf } from '@/lib/dates';
import { useServerNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import { Phone } from './Phone';
import { useOffers, type OfferShown } from './useOffers';
import styles from './phone.module.css';

const STEP_MS = 60_000;
/** Ran out longer ago than this: no longer news. */
const EXPIRED_SHOWN_DAYS = 1;

export default function Inbox() {
  const { t } = useWords();
  const { query, open, all } = useOffers();
  const taken = useQuery({ queryKey: ['cases', 'lawyer'], queryFn: getLawyerDisputes });
  const now = useServerNow(STEP_MS);
  const expired = all?.filter((one) => one.state === 'expired' && -daysBetween(now, new Date(one.expires_at)) <= EXPIRED_SHOWN_DAYS) ?? [];
  return (
    <Phone title={t('lawyer.inbox')}>
      <section>
        <h2 className={styles.section}>
          {t('lawyer.to_answer')} <span>{t('lawyer.n_cases', { n: open?.length ?? 0 })}</span>
          <span className={styles.right}>{t('lawyer.by_end')}</span>
        </h2>
        <QueryState query={query} rows={4}>
          {() => (open?.length ? open.map((one) => <OfferCard key={one.offer_id} offer={one} />) : <div className={styles.card}><Empty title={t('lawyer.no_offers')} advice={t('lawyer.no_offers_advice')} /></div>)}
        </QueryState>
      </section>
      <section>
        <h2 className={styles.section}>
          {t('lawyer.today')}
          <Link to="/m/disputes" className={styles.right}>
            {t('lawyer.taken_n', { n: taken.data?.items.length ?? 0 })}
          </Link>
        </h2>
        <QueryState query={taken} rows={2}>
          {(page) => <Tasks disputes={page.items} />}
        </QueryState>
      </section>
      {expired.map((one) => (
        <p key={one.offer_id} className={styles.expired}>
          <StopOutlined aria-hidden />
          <span>{t('lawyer.expired_line', { what: one.words ? `${one.words.region.label.zh} ${one.words.title}` : t('lawyer.one_case'), time: timeOf(new Date(one.expires_at)) })}</span>
        </p>
      ))}
    </Phone>
  );
}

function OfferCard({ offer }: { offer: OfferShown }) {
  const { t, say } = useWords();
  const now = useServerNow(STEP_MS);
  const words = offer.words;
  const meeting = words?.meeting_at ? new Date(words.meeting_at) : null;
  const line = [
    say(words?.region.label),
    offer.amount_fen ? t('kit.yuan', { amount: yuanText(offer.amount_fen) }) : '',
    meeting ? t('lawyer.meeting', { when: `${monthDay(meeting)} ${timeOf(meeting)}` }) : t('lawyer.not_scheduled'),
  ].filter(Boolean);
  const far = daysBetween(now, new Date(offer.expires_at)) > 2;
  return (
    <Link to={`/m/offers/${offer.offer_id}`} className={`${styles.card} ${styles.link}`}>
      <span className={styles.cardBody}>
        <OfferTags offer={offer} />
        <b className={styles.cardTitle}>{words?.title ?? t('lawyer.untitled', { n: offer.claimant_count })}</b>
        <span className={styles.note}>{line.join(' · ')}</span>
      </span>
      <span className={styles.cardFoot}>
        {far ? <span className={styles.note}>{dayOf(new Date(offer.expires_at), now, t)}</span> : <Clock deadline={offer.clock} style={offer.clock.unit === 'hour' ? 'left' : 'when'} />}
        <b className={styles.go}>
          {t('lawyer.see')} <RightOutlined aria-hidden />
        </b>
      </span>
    </Link>
  );
}

export function OfferTags({ offer, withRegion }: { offer: OfferShown; withRegion?: boolean }) {
  const { t, say } = useWords();
  return (
    <span className={styles.tags}>
      {offer.words?.group ? (
        <StatusTag tone="soon" icon={<TeamOutlined aria-hidden />}>
          {t('lawyer.group', { n: offer.claimant_count })}
        </StatusTag>
      ) : (
        <StatusTag tone="paused">{t('board.n_people', { n: offer.claimant_count })}</StatusTag>
      )}
      {offer.words && <StatusTag tone="paused">{say(offer.words.category.label)}</StatusTag>}
      {offer.words && withRegion && <StatusTag tone="paused">{say(offer.words.region.label)}</StatusTag>}
    </span>
  );
}

const ICONS: Record<LawyerTask['kind'], typeof EditOutlined> = { opinion: EditOutlined, meeting: CalendarOutlined, other: FileTextOutlined };

function Tasks({ disputes }: { disputes: LawyerDispute[] }) {
  const { t } = useWords();
  const tasks = disputes.flatMap((one) => one.tasks.map((task) => ({ task, dispute: one })));
  if (tasks.length === 0) {
    return (
      <div className={styles.card}>
        <Empty title={t('lawyer.no_tasks')} advice={t('lawyer.no_tasks_advice')} />
      </div>
    );
  }
  return (
    <ul className={styles.card}>
      {tasks.map(({ task, dispute }) => (
        <TaskLine key={`${dispute.dispute_id}-${task.kind}-${task.clock?.due_at}`} task={task} dispute={dispute} />
      ))}
    </ul>
  );
}

export function TaskLine({ task, dispute }: { task: LawyerTask; dispute: LawyerDispute }) {
  const { say } = useWords();
  const Icon = ICONS[task.kind];
  return (
    <li>
      <Link to={`/m/disputes/${dispute.dispute_id}`} className={styles.task}>
        <Icon aria-hidden />
        <span className={styles.grow}>
          <b>{say(task.title)}</b>
          <span className={styles.note}>{say(task.detail) || dispute.title}</span>
        </span>
        {task.clock && <Clock deadline={task.clock} style="when" />}
      </Link>
    </li>
  );
}
