import { regionPath } from '../../domain/regionNames.ts';

/** The name of a region or of a prefix of codes (`42`, `4201`), from the province down; the code itself where unknown. */
export const regionText = (code: string): string => regionPath(code.padEnd(6, '0')).join(' ') || code;
