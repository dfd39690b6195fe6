/** A text for LIKE, and for Prisma's `contains`, which is one: looked for as it stands, what would stand for anything too. */
export const asItStands = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');
