/** The class of hardship as arithmetic, line by line, as the server computed it; also live beside the form. */
import { CheckOutlined, CloseOutlined } from '@ant-design/icons';
import type { ApplicationPage, Hardship } from '@/api/welfare';
import { yuanText } from '@/kit/Money';
import { Panel } from '@/kit/Panel';
import { Empty } from '@/kit/states';
import { useWords } from '@/lib/words';
import styles from './welfare.module.css';

const NONE = 'none';

export function HardshipView({ hardship }: { hardship: Hardship }) {
  const { t, say } = useWords();
  const [figures, result] = hardship.formula.split(' = ');
  const proposed = hardship.proposed.code;
  return (
    <>
      <div className={styles.formula}>
        <div className={styles.small}>{t('welfare.formula')}</div>
        <div className={styles.formulaLine}>
          {figures}
          {result && (
            <>
              {' = '}
              <b>{result}</b>
            </>
          )}
        </div>
        {hardship.expenses.length > 0 && (
          <div className={styles.small}>{t('welfare.expenses_are', { list: hardship.expenses.map((one) => `${one.label} ${yuanText(one.amount_fen)}`).join(' + ') })}</div>
        )}
      </div>
      <ul>
        {hardship.lines.map((line) => (
          <li key={line.hardship.code} className={`${styles.class} ${line.met ? styles.met : styles.unmet} ${line.hardship.code === proposed ? styles.proposed : ''}`}>
            {line.met ? <CheckOutlined aria-hidden /> : <CloseOutlined aria-hidden />}
            <span className={styles.className}>{say(line.hardship.label)}</span>
            <span className={styles.classText} title={say(line.text)}>
              {say(line.text)}
            </span>
            <span className={styles.classVerdict}>{t(line.met ? 'welfare.met' : 'welfare.unmet')}</span>
          </li>
        ))}
      </ul>
      <p className={styles.proposal}>
        {proposed === NONE ? (
          t('welfare.proposes_none')
        ) : (
          <>
            {t('welfare.proposes')} <b>{say(hardship.proposed.label)}</b>
            {t('welfare.proposal', { usual: yuanText(hardship.usual_fen), cap: yuanText(hardship.yearly_cap_fen), paid: yuanText(hardship.paid_this_year_fen) })}
          </>
        )}
      </p>
    </>
  );
}

export function HardshipPanel({ data }: { data: ApplicationPage }) {
  const { t } = useWords();
  return (
    <Panel grow title={t('welfare.hardship')} count={data.hardship ? t('welfare.basis', { edition: data.hardship.standard }) : undefined}>
      {data.hardship ? <HardshipView hardship={data.hardship} /> : <Empty title={t('welfare.no_assessment')} advice={t('welfare.no_assessment_advice')} />}
    </Panel>
  );
}
