/** Fifteen more branches with a manager and a deputy each: with the demo organisation's own, a committee of 43. */
const SINCE = '2020-01-01';
const FIRST_SEAT = 14;

const branches = Array.from({ length: 15 }, (_, index) => ({
  id: `branch-${index + 6}`,
  name: `第${index + 6}分公司`,
}));
const persons = branches.flatMap(({ id, name }) =>
  ['head', 'deputy'].map((post) => ({
    id: `${id}-${post}`,
    unit_id: id,
    name: `${name}${post === 'head' ? '经理' : '副经理'}`,
  })),
);

export const enlarged = {
  persons,
  /** Table → rows, in the order they are to be inserted. */
  rows: {
    units: branches.map(({ id, name }) => ({
      id,
      name,
      code: id.toUpperCase(),
      kind: 'branch',
      name_en: id,
      parent_id: 'headquarters',
    })),
    persons: persons.map((person) => ({
      ...person,
      login: person.id,
      name_en: person.id,
      active: true,
      toured: true,
    })),
    seats: persons.map(({ id, unit_id, name }, index) => ({
      id: `seat-${FIRST_SEAT + index}`,
      kind: 'member',
      ord: FIRST_SEAT + index,
      name,
      name_en: id,
      unit_id,
    })),
    seat_terms: persons.map(({ id }, index) => ({
      id: `seat-${FIRST_SEAT + index}-1`,
      seat_id: `seat-${FIRST_SEAT + index}`,
      person_id: id,
      valid_from: SINCE,
      document: '任命文件',
    })),
  },
};
