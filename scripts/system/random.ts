/** Numbers from 0 up to 1, the same ones from the same seed (mulberry32). */
export function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What is drawn by lot, the same from the same seed. */
export type Chance = {
  /** From `least` up to `most`, both whole. */
  between(least: number, most: number): number;
  /** Whether something of this likelihood happens. */
  is(likelihood: number): boolean;
  of<T>(choices: readonly T[]): T;
  /** All of them in some order. */
  shuffled<T>(all: readonly T[]): T[];
  /** A source of its own, for one who draws beside others. */
  another(): Chance;
};

export function chanceFrom(seed: number): Chance {
  const next = numbersFrom(seed);
  return {
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    is: (likelihood) => next() < likelihood,
    of: <T>(choices: readonly T[]) => choices[Math.floor(next() * choices.length)] as T,
    shuffled<T>(all: readonly T[]) {
      const rest = [...all];
      return all.map(() => rest.splice(Math.floor(next() * rest.length), 1)[0] as T);
    },
    another: () => chanceFrom(Math.floor(next() * 2 ** 31)),
  };
}
