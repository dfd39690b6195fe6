import { regionPath } from '../../domain/regionNames.ts';

/** The name of a region from the province down, with the zone carved out of it by name; the code itself where it is unknown. */
export function regionText(code: string): string {
  const [digits = '', zone] = code.split('/');
  return [...regionPath(digits), zone].filter(Boolean).join(' ') || code;
}
