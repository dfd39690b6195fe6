import { expect, test } from 'vitest';
import type { ProjectView } from '../../api/contract/projects.ts';
import { mergedValues, projectBody, projectValues } from '../../web/components/project/projectValues.ts';

const form: ProjectView['form'] = {
  ...{ name: '三期', state: 'upcoming', stage: 'tracking', regionCode: '330100', employerId: null },
  ...{ builderUnitId: 'east', amountYuan: '10.00', countsTowardGrade: true, contractForm: '', bidding: '公开招标' },
  ...{ expectedTender: '2027-03', contractedOn: null, plannedOn: null, startedOn: null, finishedOn: null },
  ...{ receivableYuan: null, receivedYuan: null, note: '' },
};

test('what is sent is the whole project; what was emptied is not there, nor what the state has no place for', () => {
  expect(projectBody(projectValues(form), form)).toEqual(projectValues(form));
  expect(projectBody({ ...projectValues(form), bidding: undefined, name: ' 四期 ' }, form)).not.toHaveProperty(
    'bidding',
  );
  const building = projectBody({ ...projectValues(form), state: 'building', startedOn: '2026-01-01' }, form);
  expect(building).toMatchObject({ state: 'building', startedOn: '2026-01-01', builderUnitId: 'east' });
  expect(Object.keys(building)).not.toContain('expectedTender');
  expect(Object.keys(building)).not.toContain('stage');
});

test('an upcoming project that moves leaves its builder to Article 7.2', () => {
  expect(projectBody({ ...projectValues(form), regionCode: '420106' }, form)).not.toHaveProperty('builderUnitId');
});

test('what another saved is taken where one changed nothing, and one’s own stays', () => {
  const theirs = { ...form, bidding: '邀请招标', contractForm: '施工总承包', note: '见纪要' };
  const own = { ...projectValues(form), contractForm: 'EPC', bidding: '公开招标' };
  expect(mergedValues(own, form, theirs)).toEqual({
    values: { bidding: '邀请招标', note: '见纪要' },
    taken: ['bidding', 'note'],
  });
});
