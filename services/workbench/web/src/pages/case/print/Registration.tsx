/** 登记表: what was said on the call, as intake wrote it down; people are masked, their full names are written by hand. */
import { useQuery } from '@tanstack/react-query';
import { getRegistered, type RegisteredCase } from '@/api/papers';
import { yuanText } from '@/kit/Money';
import { QueryState } from '@/kit/states';
import { fullOf } from '@/lib/dates';
import { useWords } from '@/lib/words';
import { Rows, Sheet } from './Sheet';

const CLAIMANTS_SHOWN = 30;

export function Registration({ caseId }: { caseId: string }) {
  const query = useQuery({ queryKey: ['case', caseId, 'registered'], queryFn: () => getRegistered(caseId) });
  return <QueryState query={query} rows={8}>{(one) => <Paper one={one} />}</QueryState>;
}

function Paper({ one }: { one: RegisteredCase }) {
  const { t, say } = useWords();
  const people = one.claimants.slice(0, CLAIMANTS_SHOWN).map((who) => who.name_masked);
  const more = one.claimant_count > people.length ? t('print.and_more', { n: one.claimant_count }) : t('print.in_all', { n: one.claimant_count });
  const caller = [one.caller.name_masked, one.caller.phone_masked].filter(Boolean).join('，');
  const due = one.clocks.find((clock) => clock.due_at)?.due_at;
  return (
    <Sheet title={t('print.registration')} number={one.case_no} hands={[t('print.hand_registrar'), t('print.hand_caller')]}>
      <Rows
        rows={[
          [t('print.received'), `${fullOf(new Date(one.received_at))}　${t(`print.channel_${one.channel}`, { defaultValue: one.channel })}`],
          [t('print.caller'), caller],
          [t('print.claimants'), `${people.join(t('print.and'))}${more}`],
          [t('print.employer'), one.employer?.name ?? '—'],
          [t('print.region'), say(one.region.label)],
          [t('print.category'), say(one.category.label)],
          [t('print.amount'), one.amount_fen === null ? '—' : t('kit.yuan', { amount: yuanText(one.amount_fen) })],
          [t('print.matter'), one.title],
          [t('print.facts'), one.narrative],
          [t('print.unit'), one.org_name],
          [t('print.due'), due ? fullOf(new Date(due)) : '—'],
          [t('print.state'), say(one.state.label)],
        ]}
      />
    </Sheet>
  );
}
