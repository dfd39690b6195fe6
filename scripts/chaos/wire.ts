import { connect, createServer, type Server, type Socket } from 'node:net';

/** One connection that passes through a wire. */
export type Link = { readonly client: Socket; readonly server: Socket };

/** Looks on at what passes on one connection; `fromServer` says whether that is passed on. */
export type Watch = { fromClient(chunk: Buffer): void; fromServer(chunk: Buffer, link: Link): boolean };

export type Wire = {
  readonly port: number;
  /** Cuts every connection, and until it is mended refuses new ones. @returns what mends it */
  cut(): () => void;
  /** Answers are swallowed from now on, until the connections are cut. */
  deafen(): void;
  stop(): Promise<void>;
};

/** A wire between a client and a server on this machine, on which everything can be lost that a network can lose. */
export async function startWire(to: () => number, watch: () => Watch = () => seesNothing): Promise<Wire> {
  const links = new Set<Link>();
  let isCut = false;
  const deaf = new WeakSet<Link>();
  const server: Server = createServer({ noDelay: true }, (client) => {
    if (isCut) {
      client.destroy();
      return;
    }
    const link: Link = { client, server: connect({ port: to(), host: '127.0.0.1', noDelay: true }) };
    links.add(link);
    const watching = watch();
    client.on('data', (chunk: Buffer) => {
      watching.fromClient(chunk);
      if (!link.server.write(chunk)) client.pause();
    });
    link.server.on('drain', () => client.resume());
    link.server.on('data', (chunk: Buffer) => {
      if (deaf.has(link)) return;
      if (watching.fromServer(chunk, link) && !client.write(chunk)) link.server.pause();
    });
    client.on('drain', () => link.server.resume());
    const end = (): void => {
      links.delete(link);
      client.destroy();
      link.server.destroy();
    };
    for (const socket of [client, link.server]) {
      socket.on('error', end);
      socket.on('close', end);
      socket.on('end', end);
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' ? (address?.port ?? 0) : 0,
    cut() {
      isCut = true;
      for (const link of links) sever(link);
      return () => {
        isCut = false;
      };
    },
    deafen() {
      for (const link of links) deaf.add(link);
    },
    async stop() {
      for (const link of links) sever(link);
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function sever({ client, server }: Link): void {
  client.destroy();
  server.destroy();
}

const seesNothing: Watch = { fromClient: () => {}, fromServer: () => true };

/** What is done at the next moment that a trap waits for. */
export type Trap = {
  /** Resolves once it has snapped. `act` runs before anything of the moment is passed on. */
  set(act: (link: Link) => void): Promise<void>;
  /** Takes it away unsnapped. */
  lift(): void;
  snap(link: Link): boolean;
};

export function newTrap(): Trap {
  let waiting: ((link: Link) => void) | null = null;
  return {
    set: (act) =>
      new Promise((resolve) => {
        waiting = (link) => {
          act(link);
          resolve();
        };
      }),
    lift: () => {
      waiting = null;
    },
    snap(link) {
      const act = waiting;
      waiting = null;
      act?.(link);
      return act !== null;
    },
  };
}

// CommandComplete of PostgreSQL's protocol: 'C', the length, the tag.
const COMMITTED = Buffer.from('C\0\0\0\x0bCOMMIT\0', 'latin1');
const ROLLED_BACK = Buffer.from('C\0\0\0\x0dROLLBACK\0', 'latin1');
/** The prepared statement with which every transaction on a case begins. */
const ON_A_CASE = Buffer.from('lock-case\0', 'latin1');

/** Springs the trap when a transaction on a case has been committed and nobody knows it yet: the answer is then not passed on. */
export const commitsOfCases = (trap: Trap) => (): Watch => {
  let onCase = false;
  let kept = Buffer.alloc(0);
  return {
    fromClient(chunk) {
      if (chunk.includes(ON_A_CASE)) onCase = true;
    },
    fromServer(chunk, link) {
      const seen = Buffer.concat([kept, chunk]);
      kept = seen.subarray(-(ROLLED_BACK.length - 1));
      if (onCase && seen.includes(COMMITTED)) {
        onCase = false;
        if (trap.snap(link)) return false;
      } else if (seen.includes(ROLLED_BACK)) onCase = false;
      return true;
    },
  };
};

/** Springs the trap when the API says that a write was taken: that answer is then not passed on. */
export const answersToWrites = (trap: Trap) => (): Watch => {
  let writing = false;
  return {
    fromClient(chunk) {
      if (/^(GET|HEAD) /.test(chunk.toString('latin1', 0, 5))) writing = false;
      if (/^(POST|PUT) /.test(chunk.toString('latin1', 0, 5))) writing = true;
    },
    fromServer(chunk, link) {
      if (!writing || !/^HTTP\/1\.1 2/.test(chunk.toString('latin1', 0, 10))) return true;
      writing = false;
      return !trap.snap(link);
    },
  };
};
