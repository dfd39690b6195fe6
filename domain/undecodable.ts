/**
 * What the codec puts in place of a signal's argument that it cannot decode: garbage, a wrong key. An exception there would fail the
 * workflow task before any handler runs. Anywhere but in a signal the marker is an error.
 */
export const undecodable = { undecodable: true } as const;

export function isUndecodable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'undecodable' in value && value.undecodable === true;
}
