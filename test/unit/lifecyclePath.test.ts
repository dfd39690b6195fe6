import { describe, expect, test } from 'vitest';
import { lifecyclePath } from '../../api/views/lifecyclePath.ts';
import { recommendation } from '../../domain/recommendation.ts';

const at = (present: string, visited: readonly string[]) => {
  const visits = new Map(visited.map((state) => [state, new Date('2026-11-23T08:00:00Z')]));
  const path = lifecyclePath(recommendation, present, visits, (state) => `rec.${state}`);
  return Object.fromEntries(path.map((place) => [place.state, place.is]));
};

describe('the picture of a lifecycle', () => {
  test('shows what is behind, the present place, and the straight way ahead to its first ending', () => {
    expect(at('evaluating', ['draft', 'endorsing', 'screening', 'evaluating'])).toMatchObject({
      screening: 'past',
      evaluating: 'present',
      approving: 'ahead',
      confirming: 'ahead',
      established: 'ahead',
    });
  });

  test('keeps detours aside until the case has been there', () => {
    expect(at('screening', ['draft', 'endorsing', 'screening']).supplementing).toBe('aside');
    expect(at('screening', ['draft', 'endorsing', 'screening', 'supplementing']).supplementing).toBe('past');
  });

  test('of an ended case has nothing ahead', () => {
    const places = at('lapsed', ['draft', 'endorsing', 'screening', 'supplementing', 'lapsed']);
    expect(places.lapsed).toBe('present');
    expect(Object.values(places)).not.toContain('ahead');
  });
});
