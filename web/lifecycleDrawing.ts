import type { PlaceView } from '../api/contract/cases.ts';
import { straightWay } from '../domain/lifecycle.ts';
import { lifecycleOf } from './lifecycles.ts';

/** Where a place stands in the drawing, in pixels. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
export type DrawnPlace = PlaceView & { readonly box: Box };
/** A way between two places: gone already, still open, or beside the straight way. */
export type DrawnWay = { readonly key: string; readonly path: string; readonly is: 'gone' | 'open' | 'aside' };
export type Drawing = {
  readonly width: number;
  readonly height: number;
  readonly places: readonly DrawnPlace[];
  readonly ways: readonly DrawnWay[];
};

/** Ways that lead out of every state; the drawing says so in words instead of drawing each. */
const FROM_ANYWHERE = ['withdraw', 'lapse'];
const GAP = 26;
const HEIGHT = 68;
const UP = 34;
const DOWN = 36;

type Edge = { readonly from: string; readonly to: string };

/**
 * Draws a process for a width in pixels: on a wide page the straight way from left to right, detours above it and other endings
 * below; on a narrow one from top to bottom, what leaves it at its right.
 */
export function drawLifecycle(process: string, path: readonly PlaceView[], width: number, narrow: boolean): Drawing {
  const lifecycle = lifecycleOf(process);
  const way = lifecycle ? straightWay(lifecycle) : path.filter(({ is }) => is !== 'aside').map(({ state }) => state);
  const stateOf = new Map(path.map((place) => [place.state, place]));
  const edges: Edge[] = (lifecycle?.transitions ?? [])
    .filter(({ on, from, to }) => !FROM_ANYWHERE.includes(on) && from !== to)
    .map(({ from, to }) => ({ from, to }));
  const ended = path.find(({ is, terminal }) => is === 'present' && terminal);
  if (ended && !way.includes(ended.state)) edges.push({ from: lastBefore(path, ended), to: ended.state });
  const drawn = unique(edges);
  // Off the way are the detours and the endings that some place leads to by an event of its own.
  const aside = path.filter(({ state }) => !way.includes(state) && drawn.some((edge) => edge.to === state));
  const boxes = narrow ? stacked(way, aside, drawn, width) : sideBySide(way, aside, drawn, width);
  const places = [...boxes].flatMap(([state, box]) => {
    const place = stateOf.get(state);
    return place ? [{ ...place, box }] : [];
  });
  const ways = drawn.flatMap(({ from, to }) => {
    const [start, end] = [boxes.get(from), boxes.get(to)];
    if (!start || !end) return [];
    const [left, right] = [way.indexOf(from), way.indexOf(to)];
    const straight = left >= 0 && right === left + 1;
    const back = left >= 0 && right >= 0 && right < left;
    const line = narrow ? narrowLine(start, end, { straight, back }) : wideLine(start, end, { straight, back });
    const is = gone(stateOf.get(from), stateOf.get(to), straight) ? 'gone' : straight ? 'open' : 'aside';
    return [{ key: `${from}-${to}`, path: line, is } as const];
  });
  return { width, height: Math.max(...[...boxes.values()].map((box) => box.y + box.height)) + 2, places, ways };
}

/** The place a case was in before it ended off the way: the last it entered. */
function lastBefore(path: readonly PlaceView[], ended: PlaceView): string {
  const past = path.filter(({ state, enteredAt }) => state !== ended.state && enteredAt !== null);
  return past.reduce((last, each) => ((each.enteredAt ?? '') > (last?.enteredAt ?? '') ? each : last), past[0])
    ?.state as string;
}

function gone(from: PlaceView | undefined, to: PlaceView | undefined, straight: boolean): boolean {
  if (!from || !to || from.enteredAt === null || to.enteredAt === null) return false;
  // A way back was gone where its end was entered again after its beginning.
  return straight || to.enteredAt >= from.enteredAt;
}

function unique(edges: readonly Edge[]): Edge[] {
  return edges.filter(
    ({ from, to }, index) => edges.findIndex((each) => each.from === from && each.to === to) === index,
  );
}

const isEnding = (state: string, edges: readonly Edge[]): boolean => !edges.some(({ from }) => from === state);

function sideBySide(way: readonly string[], aside: readonly PlaceView[], edges: readonly Edge[], width: number) {
  const boxes = new Map<string, Box>();
  const each = (width - GAP * (way.length - 1)) / way.length;
  const top = HEIGHT + UP;
  way.forEach((state, index) => {
    boxes.set(state, { x: index * (each + GAP), y: top, width: each, height: HEIGHT });
  });
  const rows = { above: new Set<number>(), below: new Set<number>() };
  const rank = (state: string) => Number(isEnding(state, edges));
  const columnOf = (state: string) => Math.max(0, Math.round((boxes.get(state)?.x ?? 0) / (each + GAP)));
  // Detours first: an ending may lead from one of them.
  for (const { state } of aside.toSorted((one, other) => rank(one.state) - rank(other.state))) {
    const ending = isEnding(state, edges);
    const from = edges.find((edge) => edge.to === state)?.from ?? '';
    const row = ending ? rows.below : rows.above;
    let column = columnOf(from);
    while (row.has(column)) column += 1;
    row.add(column);
    const y = ending ? top + HEIGHT + DOWN : 0;
    boxes.set(state, { x: column * (each + GAP), y, width: each, height: HEIGHT });
  }
  return boxes;
}

function wideLine(start: Box, end: Box, { straight, back }: { straight: boolean; back: boolean }): string {
  const middle = (box: Box) => box.x + box.width / 2;
  if (straight) return `M${start.x + start.width} ${start.y + HEIGHT / 2} H${end.x - 2}`;
  // Back above the way, in an arc from top to top.
  if (back) {
    const [from, to] = [middle(start) - 14, middle(end) + 14];
    return `M${from} ${start.y} C${from} ${start.y - UP} ${to} ${end.y - UP} ${to} ${end.y - 2}`;
  }
  if (end.y < start.y) return `M${middle(start) - 10} ${start.y} V${end.y + HEIGHT + 2}`;
  if (start.y < end.y && middle(start) === middle(end)) {
    const shift = start.y === 0 ? 10 : 0;
    return `M${middle(start) + shift} ${start.y + HEIGHT} V${end.y - 2}`;
  }
  // Down to another column: along between the rows.
  const from = middle(start) + (start.y === 0 ? 24 : 12);
  const to = middle(end) + (from < middle(end) ? -16 : 16);
  if (start.y === 0) {
    // A detour that ends: beside the way, in the gap between two of its places.
    const gap = start.x + start.width + GAP / 2;
    return `M${start.x + start.width} ${start.y + HEIGHT / 2} H${gap} V${end.y - DOWN / 2} H${to} V${end.y - 2}`;
  }
  const between = end.y - DOWN / 2;
  return `M${from} ${start.y + HEIGHT} V${between} H${to} V${end.y - 2}`;
}

function stacked(way: readonly string[], aside: readonly PlaceView[], edges: readonly Edge[], width: number) {
  const boxes = new Map<string, Box>();
  const each = Math.min(190, width * 0.5);
  const step = HEIGHT + 20;
  way.forEach((state, index) => {
    boxes.set(state, { x: 18, y: index * step, width: each, height: HEIGHT });
  });
  const taken = new Set<number>();
  for (const { state } of aside) {
    const from = edges.find((edge) => edge.to === state)?.from ?? '';
    let row = Math.max(0, way.indexOf(from));
    while (taken.has(row)) row += 1;
    taken.add(row);
    const x = 18 + each + 44;
    boxes.set(state, { x, y: row * step, width: width - x - 12, height: HEIGHT });
  }
  return boxes;
}

function narrowLine(start: Box, end: Box, { straight, back }: { straight: boolean; back: boolean }): string {
  const middle = (box: Box) => box.y + box.height / 2;
  if (straight) return `M${start.x + start.width / 2} ${start.y + HEIGHT} V${end.y - 2}`;
  if (back) {
    const [from, to] = [middle(start) - 10, middle(end) + 10];
    return `M${start.x} ${from} C${start.x - 18} ${from} ${start.x - 18} ${to} ${end.x - 2} ${to}`;
  }
  const right = start.x + start.width;
  if (start.x < end.x) {
    if (start.y === end.y) return `M${right} ${middle(start) - 8} H${end.x - 2}`;
    const lane = end.x - 16;
    return `M${right} ${middle(start) + 8} H${lane} V${middle(end)} H${end.x - 2}`;
  }
  if (start.x > end.x) return `M${start.x} ${middle(start) + 10} H${end.x + end.width + 2}`;
  // Between two places at the right.
  return start.x === end.x && start.y < end.y
    ? `M${start.x + start.width / 2} ${start.y + HEIGHT} V${end.y - 2}`
    : `M${right} ${middle(start)} H${right + 10} V${middle(end)} H${right + 2}`;
}
