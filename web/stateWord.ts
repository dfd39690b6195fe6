/** The prefix of the words for a process's states. */
export const statePrefix = (process: string): string => ({ recommendation: 'rec', account: 'acc' })[process] ?? process;
