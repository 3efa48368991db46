import { expect, test } from 'vitest';
import { changesOf } from './changes';

test('only what differs is shown, with both sides', () => {
  expect(changesOf({ state: 'running', owner: 'a' }, { state: 'closed', owner: 'a' })).toEqual([{ field: 'state', before: 'running', after: 'closed' }]);
});

test('a new thing has no before, a deleted one no after', () => {
  expect(changesOf(null, { claimants: 3 })).toEqual([{ field: 'claimants', before: null, after: '3' }]);
  expect(changesOf({ note: 'x' }, null)).toEqual([{ field: 'note', before: 'x', after: null }]);
});

test('nested values are compared as a whole', () => {
  expect(changesOf({ ids: [1, 2] }, { ids: [1, 2, 3] })).toEqual([{ field: 'ids', before: '[1,2]', after: '[1,2,3]' }]);
  expect(changesOf({ ids: [1] }, { ids: [1] })).toEqual([]);
});

test('plain values count as one field', () => {
  expect(changesOf('open', 'closed')).toEqual([{ field: '', before: 'open', after: 'closed' }]);
});
