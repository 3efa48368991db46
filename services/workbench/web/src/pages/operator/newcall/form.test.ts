import { expect, test } from 'vitest';
import { EMPTY, withCategory } from './form';

const PATHS: Record<string, string> = { wage_arrears: '劳动报酬 / 拖欠工资', severance: '劳动合同 / 经济补偿' };
const pathOf = (code: string): string => PATHS[code] ?? '';

test('a category drafts the title, and the next category drafts it again', () => {
  const first = withCategory(EMPTY, 'wage_arrears', pathOf);
  expect(first.title).toBe('拖欠工资');
  expect(withCategory(first, 'severance', pathOf)).toMatchObject({ category: 'severance', title: '经济补偿' });
});

test('a title that somebody wrote stays', () => {
  expect(withCategory({ ...EMPTY, title: '三个月没发工资' }, 'wage_arrears', pathOf).title).toBe('三个月没发工资');
});
