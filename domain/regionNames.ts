import { regionTable } from './data/regions.ts';

export type Region = {
  /** Six digits of GB/T 2260. */
  readonly code: string;
  readonly name: string;
  /** The code of the city or province it lies in; null for a province. */
  readonly parent: string | null;
};

type Table = {
  readonly byCode: ReadonlyMap<string, Region>;
  readonly byParent: ReadonlyMap<string | null, readonly Region[]>;
};

let read: Table | null = null;

/** Read when it is first asked: three thousand regions are not for every page. */
function table(): Table {
  if (read) return read;
  const all = regionTable.trim().split('\n').flatMap(parseLine);
  const byParent = new Map<string | null, Region[]>();
  for (const region of all) {
    const beside = byParent.get(region.parent);
    if (beside) beside.push(region);
    else byParent.set(region.parent, [region]);
  }
  read = { byCode: new Map(all.map((region) => [region.code, region])), byParent };
  return read;
}

/** Every region of the shipped table, provinces before their cities, cities before their counties. */
export function regions(): readonly Region[] {
  return [...table().byCode.values()];
}

/** The region of a six-digit code, or null when the table does not know it. */
export function regionOf(code: string): Region | null {
  return table().byCode.get(code) ?? null;
}

/** The regions directly below a code, or the provinces for null. */
export function regionsWithin(code: string | null): readonly Region[] {
  return table().byParent.get(code) ?? [];
}

/**
 * The names from the province down, such as 湖北省, 武汉市, 洪山区. A code newer than the table gives the part of it that is
 * known, and an unknown province nothing.
 */
export function regionPath(code: string): string[] {
  return [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code]
    .filter((each, index, all) => all.indexOf(each) === index)
    .flatMap((each) => table().byCode.get(each)?.name ?? []);
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
