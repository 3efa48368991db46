/** The twenty checks: what blocks first with its ways out, then what to look at, then what passed, by id. */
import { CheckCircleFilled, CheckOutlined, ClockCircleOutlined, CloseOutlined, ExclamationCircleFilled, StopFilled } from '@ant-design/icons';
import type { AllowedAction } from '@/api/types';
import type { ApplicationPage, CheckItem, Verdict } from '@/api/welfare';
import { Act } from '@/kit/Act';
import { Panel } from '@/kit/Panel';
import { Empty } from '@/kit/states';
import { useNumberKeys } from '@/lib/keys';
import { useWords } from '@/lib/words';
import type { OnAct } from './ActDialogs';
import styles from './welfare.module.css';

const ORDER: readonly Verdict[] = ['block', 'warn', 'pass', 'later'];
const ICONS = { block: StopFilled, warn: ExclamationCircleFilled, pass: CheckCircleFilled, later: ClockCircleOutlined } as const;

function Counts({ checks }: { checks: ApplicationPage['checks'] }) {
  const { t } = useWords();
  return (
    <span className={styles.counts}>
      {ORDER.map((verdict) => {
        const Icon = ICONS[verdict];
        return (
          <span key={verdict} className={styles[verdict]}>
            <Icon aria-hidden /> {t(`welfare.verdict_${verdict}`)} {checks.counts[verdict] ?? 0}
          </span>
        );
      })}
    </span>
  );
}

function Explanation({ check }: { check: CheckItem }) {
  const { t } = useWords();
  if (!check.explanation) return null;
  const { accepted, reason, by } = check.explanation;
  return (
    <span className={accepted ? styles.explained : styles.block} title={`${by?.name ?? ''} ${reason}`}>
      {accepted ? <CheckOutlined aria-hidden /> : <CloseOutlined aria-hidden />} {t(accepted ? 'welfare.explained' : 'welfare.not_believed')}
    </span>
  );
}

interface FoundProps {
  check: CheckItem;
  ways: AllowedAction[];
  /** Its ways out are on 1, 2 … anywhere on the page; only one check has that. */
  numbered: boolean;
  onAct: OnAct;
}

function Found({ check, ways, numbered, onAct }: FoundProps) {
  const { t, say } = useWords();
  const Icon = ICONS[check.state];
  const isBlock = check.state === 'block';
  useNumberKeys(
    (index) => {
      const action = ways[index];
      if (action) onAct(action, { check });
    },
    { enabled: numbered },
  );
  return (
    <article className={`${styles.found} ${isBlock ? styles.foundBlock : ''}`}>
      <Icon className={`${styles.foundIcon} ${styles[check.state]}`} aria-label={t(`welfare.verdict_${check.state}`)} />
      <div className={styles.foundWords}>
        <div className={styles.foundTitle}>
          <b>
            {check.id} {say(check.reason)}
          </b>
          <Explanation check={check} />
        </div>
        {check.detail && <p className={styles.foundReason}>{check.detail}</p>}
        {check.remedy && <p className={styles.foundNote}>{say(check.remedy)}</p>}
        {check.explanation && <p className={styles.foundNote}>{t('welfare.said', { name: check.explanation.by?.name ?? '', text: check.explanation.reason })}</p>}
        {ways.length > 0 && (
          <div className={styles.waysOut}>
            {ways.map((action, index) => (
              <Act key={action.code} kind={index === 0 ? 'chosen' : 'plain'} cap={numbered ? index + 1 : undefined} onAct={() => onAct(action, { check })}>
                {t([`welfare.way_${action.code}`, say(action.label)])}
              </Act>
            ))}
          </div>
        )}
      </div>
    </article>
  );
}

function Foot({ later, again, onAct }: { later: CheckItem[]; again: AllowedAction | undefined; onAct: OnAct }) {
  const { t, say } = useWords();
  return (
    <>
      <span className={styles.footWords}>{later.length > 0 && t('welfare.checked_later', { list: later.map((one) => `${one.id} ${say(one.title)}`).join(t('kit.list_comma')) })}</span>
      {again && (
        <Act kind="quiet" size="row" onAct={() => onAct(again)}>
          {say(again.label)}
        </Act>
      )}
    </>
  );
}

export function ChecksPanel({ data, onAct }: { data: ApplicationPage; onAct: OnAct }) {
  const { t, say } = useWords();
  const of = (verdict: Verdict) => data.checks.items.filter((one) => one.state === verdict);
  const offered = (code: string) => data.allowed_actions.filter((one) => one.code === code && !one.blocked);
  const waysOf = (check: CheckItem): AllowedAction[] => [...(check.explainable && !check.explanation ? offered('explanations') : []), ...(check.state === 'block' ? offered('send-back') : [])];
  const found = [...of('block'), ...of('warn')];
  const numbered = found.find((one) => waysOf(one).length > 0);
  const later = of('later');
  const again = data.allowed_actions.find((one) => one.code === 'checks');
  return (
    <Panel
      grow
      title={t('welfare.checks_title', { n: data.checks.items.length || '' })}
      action={<Counts checks={data.checks} />}
      foot={later.length > 0 || again ? <Foot later={later} again={again} onAct={onAct} /> : undefined}
    >
      {data.checks.items.length === 0 && <Empty title={t('welfare.no_checks')} advice={t('welfare.no_checks_advice')} />}
      {found.map((check) => (
        <Found key={check.id} check={check} ways={waysOf(check)} numbered={check === numbered} onAct={onAct} />
      ))}
      <ul className={styles.passed}>
        {of('pass').map((check) => (
          <li key={check.id} title={say(check.title)}>
            <CheckCircleFilled className={styles.pass} aria-label={t('welfare.verdict_pass')} />
            <span className={styles.checkId}>{check.id}</span>
            <span className={styles.checkText}>{say(check.reason)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
