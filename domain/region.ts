/**
 * Territories 管辖区域 (Article 7.2): which unit a place belongs to. How they are drawn is an assumption 系统默认: by the
 * codes of GB/T 2260, the longest prefix winning.
 */

/**
 * Six digits of GB/T 2260: `420000` a province with all in it, `420100` a city, `420111` a county. A development zone
 * without a code of its own is carved out of its county by name: `420111/东湖高新区`.
 */
export type RegionCode = string;

export type Territory = {
  /** The unit the region belongs to; null carves it out of a larger territory and leaves it to nobody. */
  readonly unitId: string | null;
  readonly regionCode: RegionCode;
  /** The first day it holds, `YYYY-MM-DD`. */
  readonly from: string;
  /** The first day it no longer holds; null while it is open. */
  readonly until: string | null;
};

/** Whether a text has the form of a region code; whether the code exists is for regionNames to say. */
export function isRegionCode(text: string): boolean {
  return /^[1-9]\d(?:0000|(?!00)\d{2}\d{2})(?:\/[^/\s]{1,40})?$/.test(text);
}

/**
 * The units whose territory a region lies in on a day (`YYYY-MM-DD`): none, one, or several when equally precise
 * territories contradict each other, which the office has to settle. In order of their ids.
 */
export function unitFor(regionCode: RegionCode, territories: readonly Territory[], on: string): { unitIds: string[] } {
  const covering = territories.filter(
    (territory) => holdsOn(territory, on) && covers(territory.regionCode, regionCode),
  );
  const longest = Math.max(0, ...covering.map((territory) => prefixOf(territory.regionCode).length));
  const units = covering
    .filter((territory) => prefixOf(territory.regionCode).length === longest)
    .flatMap((territory) => territory.unitId ?? []);
  return { unitIds: [...new Set(units)].sort() };
}

/** Whether a region lies in a unit's territory on a day; of a contradiction each unit is right. */
export function inTerritory(
  unitId: string,
  regionCode: RegionCode,
  territories: readonly Territory[],
  on: string,
): boolean {
  return unitFor(regionCode, territories, on).unitIds.includes(unitId);
}

/** Whether a unit has any territory on a day; specialised companies have none. */
export function hasTerritory(unitId: string, territories: readonly Territory[], on: string): boolean {
  return territories.some((territory) => territory.unitId === unitId && holdsOn(territory, on));
}

function holdsOn(territory: Territory, on: string): boolean {
  return territory.from <= on && (territory.until === null || on < territory.until);
}

function covers(larger: RegionCode, smaller: RegionCode): boolean {
  // A zone's name is no prefix of another zone's: it is the same zone, or another place.
  return larger.includes('/') ? larger === smaller : prefixOf(smaller).startsWith(prefixOf(larger));
}

/** The digits all regions within this one begin with; a development zone is itself alone. */
export function prefixOf(regionCode: RegionCode): string {
  return regionCode.includes('/') ? regionCode : regionCode.replace(/(?:0000|00)$/, '');
}
