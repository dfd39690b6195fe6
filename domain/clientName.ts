import { regions } from './regionNames.ts';

/** Names of clients, compared so that one client is not recommended twice under two spellings (Article 7.3). */

/** Longest first: a legal form that contains another must be taken off whole. */
const LEGAL_FORMS = [
  '集团股份有限公司',
  '集团有限责任公司',
  '集团有限公司',
  '股份有限公司',
  '有限责任公司',
  '有限公司',
  '集团公司',
  '集团',
  '公司',
];

/** A core shorter than this says nothing, so that nothing more is taken off. */
const SHORTEST_CORE = 2;

/**
 * Full and short names of provinces and cities, longest first: 湖北省, 湖北, 武汉市, 武汉. Autonomous prefectures have no short
 * name, since none is sure.
 */
const PLACES = regions()
  .filter((region) => region.code.endsWith('00'))
  .flatMap((region) => {
    const short = shortPlace(region.name);
    const place = { short, province: region.parent === null };
    return [...new Set([region.name, short])].map((name) => ({ name, ...place }));
  })
  .sort((a, b) => b.name.length - a.name.length);

/** The name with width, case, brackets and dots made alike and every space gone: what the duplicate check compares. */
export function normaliseName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\u200b-\u200d]/g, '')
    .replace(/[〔【[{]/g, '(')
    .replace(/[〕】\]}]/g, ')')
    .replace(/[•・‧∙]/g, '·');
}

/** Whether two names are spellings of one. */
export function sameName(one: string, other: string): boolean {
  return normaliseName(one) === normaliseName(other);
}

/** What is left of a name without legal form, brackets and leading place: 湖北省武汉市云澜示例集团有限公司 becomes 云澜示例. */
export function coreName(name: string): string {
  return dissect(name).core;
}

/**
 * The key under which near spellings of one client meet: the place and the core. The place stays in it, in its short
 * form and wherever it stands in the name, because 武汉城建集团 and 长沙城建集团 are two clients.
 */
export function nearKey(name: string): string {
  const { place, core } = dissect(name);
  return `${place}|${core}`;
}

function dissect(name: string): { place: string; core: string } {
  let rest = normaliseName(name);
  let place = '';
  const bracketed = [...rest.matchAll(/\(([^()]*)\)/g)].map((match) => PLACES.find((known) => known.name === match[1]));
  rest = withoutForms(rest.replace(/\([^()]*\)/g, ''));
  // Twice at most: a province, then its city; the city is the place.
  for (let level = 0; level < 2; level += 1) {
    const found = PLACES.find((known) => rest.startsWith(known.name));
    if (found === undefined || rest.length - found.name.length < SHORTEST_CORE) break;
    rest = rest.slice(found.name.length);
    place = found.short;
    if (!found.province) break;
  }
  place = bracketed.find((known) => known !== undefined)?.short ?? place;
  return { place, core: rest };
}

function withoutForms(name: string): string {
  const form = LEGAL_FORMS.find((each) => name.endsWith(each) && name.length - each.length >= SHORTEST_CORE);
  return form === undefined ? name : withoutForms(name.slice(0, -form.length));
}

function shortPlace(name: string): string {
  const short = name.replace(/(?:特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|省|市)$/, '');
  return short.length >= 2 ? short : name;
}
