/** A province-level division 省级行政区 as one tile: two digits of GB/T 2260, and where it lies among the others. */
export type ProvinceTile = { readonly code: string; readonly column: number; readonly row: number };

// One tile for each of the 34 (23 provinces with Taiwan, 5 autonomous regions, 4 municipalities, 2 special administrative regions),
// neighbours beside neighbours as far as a grid allows. West is left, north is above.
const PICTURE = `
.. .. .. .. .. .. .. .. 23
.. .. .. .. .. 15 11 .. 22
65 .. 62 64 14 13 12 21 ..
.. 63 .. 61 41 37 .. .. ..
54 .. 51 50 42 34 32 31 ..
.. .. 53 52 43 36 33 .. ..
.. .. .. 45 44 35 .. 71 ..
.. .. .. 46 82 81 .. .. ..`;

export const provinceTiles: readonly ProvinceTile[] = PICTURE.trim()
  .split('\n')
  .flatMap((line, row) =>
    line.split(' ').flatMap((digits, column) => (digits === '..' ? [] : [{ code: `${digits}0000`, column, row }])),
  );

/** The tile that lies nearest in a direction; the same one where there is none. */
export function neighbourOf(code: string, key: string): string {
  const from = provinceTiles.find((tile) => tile.code === code);
  const [x, y] = DIRECTIONS[key] ?? [0, 0];
  if (!from || (x === 0 && y === 0)) return code;
  const ahead = provinceTiles
    .map((tile) => ({ tile, along: (tile.column - from.column) * x + (tile.row - from.row) * y }))
    .filter(({ along }) => along > 0)
    .map(({ tile, along }) => {
      const aside = Math.abs((tile.column - from.column) * y) + Math.abs((tile.row - from.row) * x);
      return { tile, distance: along + 2 * aside };
    })
    .sort((a, b) => a.distance - b.distance);
  return ahead[0]?.tile.code ?? code;
}

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
