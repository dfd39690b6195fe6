/** The six parts of a key account's information and credit archive (Article 9). */
export const archiveParts = ['basics', 'contact', 'keyPersons', 'projects', 'records', 'credit'] as const;
