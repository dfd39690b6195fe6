import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './temporalBinary.ts';

/** The release of Temporal's own server that `npm run temporal-server` builds from its Go module. */
export const TEMPORAL_SERVER_VERSION = '1.32.0';

export type TemporalPrograms = { readonly server: string; readonly sqlTool: string };

/** Where the server of a Temporal cluster and its schema tool are kept. */
export async function temporalProgramsFolder(): Promise<string> {
  return join(await cacheFolder(), `temporal-server-${TEMPORAL_SERVER_VERSION}`);
}

/** The programs of a Temporal cluster on PostgreSQL; null where they were never built. */
export async function temporalPrograms(): Promise<TemporalPrograms | null> {
  const folder = await temporalProgramsFolder();
  const programs = { server: join(folder, 'server'), sqlTool: join(folder, 'sql') };
  const areThere = await Promise.all(Object.values(programs).map((file) => access(file, constants.X_OK))).then(
    () => true,
    () => false,
  );
  return areThere ? programs : null;
}
