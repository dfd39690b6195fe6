import { connect, createSecureServer, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { Authority, Certified } from './certificate.ts';

export type TemporalFront = {
  /** host:port. */
  readonly address: string;
  /** Every key and client certificate's name that a call came with, the newest last. */
  readonly seen: { readonly key: string; readonly client: string }[];
  /** Breaks every connection that is open, as a load balancer does at times. */
  breakConnections(): void;
  close(): Promise<void>;
};

export type TemporalFrontOptions = {
  readonly certified: Certified;
  /** host:port of the server behind. */
  readonly upstream: string;
  /** Client certificates of this authority are demanded. */
  readonly clients?: Authority;
  /** Which keys are taken; without it, none is asked for. */
  readonly isKeyValid?: (key: string) => boolean;
};

/** Stands in front of a Temporal server as Temporal Cloud does: ends TLS, demands a client certificate or a key, and passes on. */
export async function temporalFront(options: TemporalFrontOptions): Promise<TemporalFront> {
  const { certified, upstream, clients, isKeyValid } = options;
  const behind = connect(`http://${upstream}`);
  const seen: { key: string; client: string }[] = [];
  const sessions = new Set<ServerHttp2Session>();
  const server = createSecureServer({
    cert: certified.certificate,
    key: certified.key,
    ...(clients ? { ca: clients.certificate, requestCert: true, rejectUnauthorized: true } : {}),
  });
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
    session.on('error', () => {});
  });
  server.on('stream', (stream: ServerHttp2Stream, headers) => {
    stream.on('error', () => {});
    const key = /^Bearer (.*)$/.exec(String(headers.authorization ?? ''))?.[1] ?? '';
    const socket = stream.session?.socket as { getPeerCertificate?(): { subject?: { CN?: string } } } | undefined;
    seen.push({ key, client: socket?.getPeerCertificate?.()?.subject?.CN ?? '' });
    if (isKeyValid && !isKeyValid(key)) {
      const refusal = { 'grpc-status': '16', 'grpc-message': 'Request unauthorized.' };
      stream.respond({ ':status': 200, 'content-type': 'application/grpc', ...refusal }, { endStream: true });
      return;
    }
    const { authorization: _key, ...passed } = headers;
    const call = behind.request({ ...passed, ':scheme': 'http', ':authority': upstream });
    call.on('error', () => stream.close());
    stream.on('aborted', () => call.close());
    let trailers = {};
    call.on('trailers', (received) => {
      trailers = own(received);
    });
    call.on('response', (answer, flags) => {
      // END_STREAM: trailers alone.
      const isAll = (flags & 1) === 1;
      stream.respond(own(answer), { endStream: isAll, waitForTrailers: !isAll });
      if (!isAll) stream.on('wantTrailers', () => stream.sendTrailers(trailers));
      if (!isAll) call.pipe(stream);
    });
    stream.pipe(call);
  });
  const breakConnections = (): void => {
    for (const session of sessions) session.destroy();
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    breakConnections,
    async close() {
      breakConnections();
      behind.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Headers without what belongs to one connection. */
function own(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const names = Object.keys(headers).filter((name) => !['connection', 'keep-alive'].includes(name));
  return Object.fromEntries(names.map((name) => [name, String(headers[name])]));
}
