import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bucketOf,
  type CountedProject,
  counting,
  figureForGrade,
  gradeFit,
  type SourcedTotal,
  totalsOf,
} from '../../domain/contractTotals.ts';

const ESTABLISHED = '2026-03-01';
const LINES = { companyLineFen: 20_000_000_000n, branchLineFen: 10_000_000_000n };
const project = (change: Partial<CountedProject> = {}): CountedProject => ({
  state: 'upcoming',
  cancelled: false,
  prior: false,
  countsTowardGrade: true,
  contractedOn: null,
  amountFen: 100n,
  ...change,
});

describe('the total a project belongs to', () => {
  test.each([
    ['an upcoming one is expected', {}, 'expected'],
    ['an upcoming one that is not to count', { countsTowardGrade: false }, 'none'],
    ['one whose contract was signed on the day of establishment', { contractedOn: ESTABLISHED }, 'concluded'],
    ['one under construction, signed since', { state: 'building', contractedOn: '2026-09-09' }, 'concluded'],
    ['one signed the day before', { state: 'building', contractedOn: '2026-02-28' }, 'prior'],
    [
      'a current one of the recommendation, though signed since',
      { state: 'building', prior: true, contractedOn: '2026-09-09' },
      'prior',
    ],
    ['a past one of the recommendation without a day', { state: 'past', prior: true }, 'prior'],
    ['one under construction without a contract day', { state: 'building' }, 'none'],
    ['a cancelled one', { cancelled: true, contractedOn: '2026-09-09' }, 'none'],
  ] as const)('%s', (_, change, bucket) => {
    expect(bucketOf(project(change), ESTABLISHED)).toBe(bucket);
  });
});

describe('the totals of an account', () => {
  test('are kept apart, and years are those of the contracts', () => {
    const totals = totalsOf(
      [
        project({ amountFen: 1n }),
        project({ amountFen: 20n, contractedOn: '2026-12-31' }),
        project({ amountFen: 300n, contractedOn: '2027-01-01', state: 'building' }),
        project({ amountFen: 4000n, state: 'past', prior: true, contractedOn: '2020-01-01' }),
      ],
      ESTABLISHED,
    );
    expect(totals).toEqual([
      { kind: 'expected', year: null, fen: 1n },
      { kind: 'cumulative', year: null, fen: 320n },
      { kind: 'prior', year: null, fen: 4000n },
      { kind: 'yearly', year: 2026, fen: 20n },
      { kind: 'yearly', year: 2027, fen: 300n },
    ]);
  });

  test('never count a project twice, nor a past or current one as subsequent, and the years add up', () => {
    const day = fc.constantFrom(null, '2019-05-05', '2026-02-28', ESTABLISHED, '2026-12-31', '2028-02-29');
    const any = fc.record({
      state: fc.constantFrom('upcoming', 'building', 'past'),
      cancelled: fc.boolean(),
      prior: fc.boolean(),
      countsTowardGrade: fc.boolean(),
      contractedOn: day,
      amountFen: fc.bigInt(0n, 10n ** 16n),
    }) as fc.Arbitrary<CountedProject>;
    fc.assert(
      fc.property(fc.array(any, { maxLength: 20 }), (projects) => {
        const totals = totalsOf(projects, ESTABLISHED);
        const sum = (kind: string) =>
          totals.filter((each) => each.kind === kind).reduce((all, { fen }) => all + fen, 0n);
        const none = projects.filter((each) => bucketOf(each, ESTABLISHED) === 'none');
        const all = projects.reduce((total, { amountFen }) => total + amountFen, 0n);
        const uncounted = none.reduce((total, { amountFen }) => total + amountFen, 0n);
        expect(sum('expected') + sum('cumulative') + sum('prior') + uncounted).toBe(all);
        expect(sum('yearly')).toBe(sum('cumulative'));
        const earlier = projects.filter((each) => each.prior || (each.contractedOn ?? ESTABLISHED) < ESTABLISHED);
        for (const each of earlier) expect(['prior', 'none']).toContain(bucketOf(each, ESTABLISHED));
      }),
    );
  });
});

describe('two sources', () => {
  const totals: readonly SourcedTotal[] = [
    { kind: 'cumulative', year: null, fen: 5n, source: 'projects' },
    { kind: 'cumulative', year: null, fen: 7n, source: 'contractDepartment' },
    { kind: 'yearly', year: 2026, fen: 3n, source: 'projects' },
  ];

  test('the preferred one counts where it says anything, and the other is told', () => {
    expect(counting(totals, 'contractDepartment')).toEqual([
      { kind: 'cumulative', year: null, fen: 7n, source: 'contractDepartment', otherFen: 5n },
      { kind: 'yearly', year: 2026, fen: 3n, source: 'projects', otherFen: null },
    ]);
    expect(counting(totals, 'projects').map(({ fen }) => fen)).toEqual([5n, 3n]);
  });

  test('give way to the ledger only where nothing newer is said', () => {
    const told: SourcedTotal = { kind: 'cumulative', year: null, fen: 9n, source: 'ledger' };
    expect(counting([...totals, told], 'contractDepartment')[0]).toMatchObject({ fen: 7n, otherFen: 9n });
    expect(counting([told], 'projects')[0]).toMatchObject({ fen: 9n, otherFen: null });
  });
});

describe('the grade', () => {
  const totals = totalsOf(
    [project({ amountFen: 12_000_000_000n }), project({ amountFen: 8_000_000_000n, contractedOn: '2026-05-01' })],
    ESTABLISHED,
  );

  test.each([
    ['subsequent', 20_000_000_000n],
    ['expected', 12_000_000_000n],
    ['cumulative', 8_000_000_000n],
    ['yearly', 8_000_000_000n],
  ] as const)('is held against the %s figure where the policy says so', (figure, fen) => {
    expect(figureForGrade(totals, figure, 2026)).toBe(fen);
  });

  test('of a year in which nothing was signed is nothing', () => {
    expect(figureForGrade(totals, 'yearly', 2027)).toBe(0n);
  });

  test.each([
    ['company', 20_000_000_000n, 'company', 'fits'],
    ['company', 19_999_999_999n, 'branch', 'below'],
    ['branch', 10_000_000_000n, 'branch', 'fits'],
    ['branch', 9_999_999_999n, 'below', 'below'],
    ['branch', 20_000_000_000n, 'company', 'above'],
  ] as const)('%s with %s fen gives %s and %s; 以上 includes the line itself', (held, fen, gives, fits) => {
    expect(gradeFit(held, fen, LINES)).toEqual({ gives, fits });
  });
});
