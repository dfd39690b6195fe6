/** The colour of what is chosen for an account in its annual review, wherever it stands. */
export const optionTone = { maintain: 'green', intensify: 'brand', terminate: 'red' } as const;
