import { beforeEach, expect, test } from 'vitest';
import { keepViews, loadViews, queryOf, VIEWS_MAX } from './views';

beforeEach(() => localStorage.clear());

test('a view has no place in the list, no empty filters and one order', () => {
  expect(queryOf({ scope: 'all', due: '', cursor: 'abc', grade: 'G2' })).toBe('grade=G2&scope=all');
  expect(queryOf({ grade: 'G2', scope: 'all' })).toBe('grade=G2&scope=all');
});

test('views belong to one person', () => {
  keepViews('a', [{ name: '高要临期', query: 'due=soon' }]);
  expect(loadViews('a')).toEqual([{ name: '高要临期', query: 'due=soon' }]);
  expect(loadViews('b')).toEqual([]);
});

test('no more than the limit is kept', () => {
  keepViews('a', Array.from({ length: VIEWS_MAX + 3 }, (_, index) => ({ name: String(index), query: '' })));
  expect(loadViews('a')).toHaveLength(VIEWS_MAX);
});

test('a broken store is an empty one', () => {
  localStorage.setItem('nuanliu.views.a', '{"not": "a list"}');
  expect(loadViews('a')).toEqual([]);
  localStorage.setItem('nuanliu.views.a', 'rubbish');
  expect(loadViews('a')).toEqual([]);
});
