/** The papers of a mediation: assessment form, agreement with its payments, the end of mediation with the advice on arbitration. */
import type { Agreement, DisputeContent, DisputePage } from '@/api/mediation';
import type { CasePage } from '@/api/workbench';
import { yuanText } from '@/kit/Money';
import { Empty } from '@/kit/states';
import { fullOf } from '@/lib/dates';
import { useWords } from '@/lib/words';
import { Rows, Sheet } from './Sheet';
import styles from './print.module.css';

interface Props {
  known: CasePage;
  page: DisputePage;
  content: DisputeContent;
}

function Missing() {
  const { t } = useWords();
  return <Empty title={t('print.not_there')} advice={t('print.not_there_advice')} />;
}

export function AgreementPaper({ known, content }: Props) {
  const { t } = useWords();
  const one = content.agreement;
  if (!one) return <Missing />;
  return (
    <Sheet title={t('print.agreement')} number={known.case_no} hands={[t('print.hand_workers'), t('print.hand_employer'), t('print.hand_mediator'), t('print.hand_seal')]}>
      <section className={styles.part}>
        <h2>{t('print.agr_parties')}</h2>
        <p>{one.parties}</p>
        <h2>{t('print.agr_claims')}</h2>
        <p>{one.claims}</p>
        <h2>{t('print.agr_result')}</h2>
        <p>{one.result}</p>
        {one.amount_fen > 0 && <p>{t('print.agr_sum', { amount: yuanText(one.amount_fen), words: one.amount_in_words })}</p>}
        {one.act && <p>{t('print.agr_act', { act: one.act, due: one.act_due ?? '—' })}</p>}
        <h2>{t('print.agr_manner')}</h2>
        <p>{one.manner}</p>
        {one.instalments.length > 0 && <Payments one={one} />}
        {one.represented > 0 && <p>{t('print.agr_represented', { n: one.represented, yes: one.represented_consents })}</p>}
        <p>{t('print.agr_effect')}</p>
        <p>{t('print.agr_copies')}</p>
      </section>
    </Sheet>
  );
}

function Payments({ one }: { one: Agreement }) {
  const { t } = useWords();
  return (
    <table className={styles.table}>
      <caption>{t('print.payments')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('print.pay_no')}</th>
          <th scope="col">{t('print.pay_due')}</th>
          <th scope="col" className={styles.money}>
            {t('print.pay_amount')}
          </th>
        </tr>
      </thead>
      <tbody>
        {one.instalments.map((each) => (
          <tr key={each.no}>
            <td>{each.no}</td>
            <td>{each.due}</td>
            <td className={styles.money}>{yuanText(each.amount_fen)}</td>
          </tr>
        ))}
        <tr>
          <th scope="row" colSpan={2}>
            {t('print.pay_total')}
          </th>
          <td className={styles.money}>{yuanText(one.amount_fen)}</td>
        </tr>
      </tbody>
    </table>
  );
}

export function AdvicePaper({ known, content }: Props) {
  const { t } = useWords();
  const why = content.outcome && content.outcome !== 'agreement' ? t(`mediation.outcome_${content.outcome}`) : null;
  if (!why && !content.advice) return <Missing />;
  const employer = known.parties.employer?.name ?? '—';
  return (
    <Sheet title={t('print.advice')} number={known.case_no} hands={[t('print.hand_receiver'), t('print.hand_seal')]}>
      <section className={styles.part}>
        <p className={styles.to}>{t('print.adv_to')}</p>
        <p>{t('print.adv_text', { title: known.title, employer, why: why ?? '—' })}</p>
        <p>{t('print.adv_right')}</p>
        <p>{t('print.adv_limit')}</p>
        {content.advice && <p>{t('print.adv_issued', { day: content.advice.issued_on })}</p>}
      </section>
    </Sheet>
  );
}

export function AssessmentPaper({ known, page, content, stage }: Props & { stage: string }) {
  const { t, language } = useWords();
  const form = page.stages.find((one) => one.id === stage);
  const one = content.assessments.findLast((each) => each.stage === stage);
  if (!form || !one) return <Missing />;
  const say = (item: { zh: string; en: string }) => (language === 'en' ? item.en : item.zh);
  const nameOf = (id: string) => known.parties.staff.find((who) => who.staff_id === id)?.name ?? '—';
  const items = new Map(form.checklist.map((item) => [item.id, say(item)]));
  return (
    <Sheet title={t('print.assessment', { stage: say(form) })} number={known.case_no}>
      <Rows
        rows={[
          [t('print.matter'), known.title],
          [t('print.ass_author'), `${nameOf(one.author)}　${t('print.ass_version', { n: one.version })}`],
          [t('print.ass_grade'), one.grade],
          ...one.answers.map((answer): [string, string] => [items.get(answer.item) ?? answer.item, [t(`assess.conclusion_${answer.conclusion}`), answer.note].filter(Boolean).join('：')]),
          [t('print.ass_judgement'), one.judgement],
          ...(one.reason ? [[t('print.ass_reason'), one.reason] as [string, string]] : []),
          [t('print.ass_signed'), one.signatures.map((sign) => `${nameOf(sign.person)} ${fullOf(new Date(sign.at))}`).join('；') || '—'],
        ]}
      />
    </Sheet>
  );
}
