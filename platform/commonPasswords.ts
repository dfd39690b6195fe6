import { dictionary } from '@zxcvbn-ts/language-common';

const words = new Set<string>(dictionary['passwords-common'] as readonly string[]);

/** Whether a word, in small letters, is among the fifty thousand passwords used most. */
export const isCommonPassword = (word: string): boolean => words.has(word);
