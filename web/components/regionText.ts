import { regionPath } from '../../domain/regionNames.ts';
import { preferences } from '../preferences.ts';
import { say, type WordKey } from '../words.ts';

/**
 * The name of a region from the province down, with the zone carved out of it by name; the code itself where it is unknown. Provinces have
 * English names, what lies in them keeps its own.
 */
export function regionText(code: string): string {
  const [digits = '', zone] = code.split('/');
  const [province, ...within] = regionPath(digits);
  const named =
    province && preferences().language === 'en' ? say(`province.${digits.slice(0, 2)}` as WordKey) : province;
  return [named, ...within, zone].filter(Boolean).join(' ') || code;
}
