/** Whose hands and seals are set; with the last one the agreement takes effect. */
import { useState } from 'react';
import { CheckCircleFilled, ClockCircleOutlined } from '@ant-design/icons';
import { Checkbox } from 'antd';
import { deeds, HANDS, type Agreement, type DisputePage, type Hand } from '@/api/mediation';
import { Act } from '@/kit/Act';
import { Panel } from '@/kit/Panel';
import { StatusWord } from '@/kit/StatusTag';
import { toast } from '@/kit/toasts';
import { monthDay, timeOf } from '@/lib/dates';
import { useWords } from '@/lib/words';
import { Refusal } from '../shared/DeedDialog';
import { useDeed } from '../shared/useDispute';
import shared from '../shared/shared.module.css';

export function Hands({ page, agreement }: { page: DisputePage; agreement: Agreement }) {
  const { t } = useWords();
  const deed = useDeed(page);
  const [chosen, setChosen] = useState<Hand[]>([]);
  const open = HANDS.filter((one) => agreement.signatures[`${one}_at`] === null);
  const mayHandle = page.allowed.includes('handle') && page.status === 'running';
  const send = async () => {
    if (!(await deed.send(deeds.signAgreement(chosen)))) return;
    setChosen([]);
    toast('done', t('agreement.hands_set'));
  };
  return (
    <Panel title={t('agreement.hands')} count={`${HANDS.length - open.length} / ${HANDS.length}`}>
      <ul className={shared.body}>
        {HANDS.map((one) => {
          const at = agreement.signatures[`${one}_at`];
          return (
            <li key={one} className={shared.line}>
              {at || !mayHandle ? (
                <span className={shared.grow}>{t(`agreement.hand_${one}`)}</span>
              ) : (
                <Checkbox className={shared.grow} checked={chosen.includes(one)} onChange={(event) => setChosen(event.target.checked ? [...chosen, one] : chosen.filter((each) => each !== one))}>
                  {t(`agreement.hand_${one}`)}
                </Checkbox>
              )}
              {at ? (
                <StatusWord tone="done" icon={<CheckCircleFilled aria-hidden />}>
                  {monthDay(new Date(at))} {timeOf(new Date(at))}
                </StatusWord>
              ) : (
                <StatusWord tone="paused" icon={<ClockCircleOutlined aria-hidden />}>
                  {t('agreement.to_sign')}
                </StatusWord>
              )}
            </li>
          );
        })}
        {open.length > 0 && mayHandle && (
          <li className={shared.line}>
            <span className={`${shared.note} ${shared.grow}`}>{t('agreement.hands_note')}</span>
            <Act kind="chosen" busy={deed.busy} blocked={chosen.length === 0 ? t('mediation.choose_first') : false} onAct={() => void send()}>
              {t('agreement.hands_verb')}
            </Act>
          </li>
        )}
      </ul>
      <Refusal state={deed} />
    </Panel>
  );
}
