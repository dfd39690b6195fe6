import { regionTable } from './data/regions.ts';

export type Region = {
  /** Six digits of GB/T 2260. */
  readonly code: string;
  readonly name: string;
  /** The code of the city or province it lies in; null for a province. */
  readonly parent: string | null;
};

const table: ReadonlyMap<string, Region> = new Map(
  regionTable
    .trim()
    .split('\n')
    .flatMap(parseLine)
    .map((region) => [region.code, region]),
);

/** Every region of the shipped table, provinces before their cities, cities before their counties. */
export function regions(): readonly Region[] {
  return [...table.values()];
}

/** The region of a six-digit code, or null when the table does not know it. */
export function regionOf(code: string): Region | null {
  return table.get(code) ?? null;
}

/** The regions directly below a code, or the provinces for null. */
export function regionsWithin(code: string | null): Region[] {
  return regions().filter((region) => region.parent === code);
}

/**
 * The names from the province down, such as 湖北省, 武汉市, 洪山区. A code newer than the table gives the part of it that is
 * known, and an unknown province nothing.
 */
export function regionPath(code: string): string[] {
  return [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code]
    .filter((each, index, all) => all.indexOf(each) === index)
    .flatMap((each) => table.get(each)?.name ?? []);
}

function parseLine(line: string): Region[] {
  const [head = '', ...counties] = line.split(' ');
  const digits = head.match(/^\d+/)?.[0] ?? '';
  const name = head.slice(digits.length);
  const code = digits.padEnd(6, '0');
  const province = `${digits.slice(0, 2)}0000`;
  const city = name === '' ? province : code;
  return [
    ...(name === '' ? [] : [{ code, name, parent: code === province ? null : province }]),
    ...counties.map((county) => ({ code: digits + county.slice(0, 2), name: county.slice(2), parent: city })),
  ];
}
