/** A process as a bad release has it: its code throws. */
export async function recommendation(): Promise<void> {
  throw new Error('甲方公司的秘密');
}
