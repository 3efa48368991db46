/** What the meeting decided, who sees to it, and what is done. */
import { CheckCircleFilled } from '@ant-design/icons';
import { deeds, type Decision, type DisputePage } from '@/api/mediation';
import { Act } from '@/kit/Act';
import { Panel } from '@/kit/Panel';
import { Empty } from '@/kit/states';
import { StatusWord } from '@/kit/StatusTag';
import { monthDay, startOfDay } from '@/lib/dates';
import { useWords } from '@/lib/words';
import { Refusal } from '../shared/DeedDialog';
import { useDeed, usePeople } from '../shared/useDispute';
import shared from '../shared/shared.module.css';

export function Decisions({ page, decisions }: { page: DisputePage; decisions: Decision[] }) {
  const { t } = useWords();
  const people = usePeople();
  const deed = useDeed(page);
  const done = decisions.filter((one) => one.done_on).length;
  return (
    <Panel grow title={t('meeting.followed')} count={decisions.length > 0 ? `${done} / ${decisions.length}` : undefined}>
      {decisions.length === 0 && <Empty title={t('meeting.no_decisions')} />}
      <ul className={shared.body}>
        {decisions.map((one) => (
          <li key={one.id} className={shared.line}>
            <span className={shared.grow}>
              {one.text}
              <span className={shared.guardNote}>
                {people.nameOf(one.owner)} · {one.due ? t('meeting.until', { day: monthDay(startOfDay(one.due)) }) : ''}
              </span>
            </span>
            {one.done_on ? (
              <StatusWord tone="done" icon={<CheckCircleFilled aria-hidden />}>
                {monthDay(startOfDay(one.done_on))}
              </StatusWord>
            ) : (
              page.allowed.includes('handle') && (
                <Act size="row" busy={deed.busy} onAct={() => void deed.send(deeds.decisionDone(one.id))}>
                  {t('meeting.done')}
                </Act>
              )
            )}
          </li>
        ))}
      </ul>
      <Refusal state={deed} />
    </Panel>
  );
}
