import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { AttachmentLimits } from '../../api/contract/attachments.ts';
import type { AttachmentView } from '../../api/contract/cases.ts';
import { say } from '../words.ts';
import { newKey } from './act.ts';
import { writingHeaders } from './call.ts';
import { caseKey } from './cases.ts';
import { useOne } from './list.ts';
import { asProblem, Problem } from './problem.ts';

export type Purpose = 'evidence' | 'intent' | 'minutes' | 'photo' | 'other';
/** What a file is sent for: a case, or a return visit. */
export type FileOwner = { readonly caseId: string } | { readonly visitId: string };

export const useAttachmentLimits = () => useOne<AttachmentLimits>(['attachmentLimits'], '/attachment-limits');

/** One file on its way, or one that did not arrive. */
export type Sending = {
  readonly id: string;
  readonly name: string;
  /** 0–100 of the bytes sent. */
  readonly percent: number;
  readonly problem: Problem | null;
  /** Whether the same file may be sent again. */
  readonly mayRetry: boolean;
};

export type Uploads = {
  readonly sending: readonly Sending[];
  readonly add: (file: File, purpose: Purpose) => void;
  readonly retry: (id: string) => void;
  /** Stops it, or puts it out of sight when it has failed. */
  readonly dismiss: (id: string) => void;
};

type Job = { readonly file: File; readonly purpose: Purpose; readonly key: string; request: XMLHttpRequest | null };

/** What sends files to one owner, and tells whoever listens how far each of them is. */
type Sender = Omit<Uploads, 'sending' | 'add'> & {
  readonly add: (file: File, purpose: Purpose, problem?: Problem | null) => void;
  readonly sending: () => readonly Sending[];
  readonly listen: (listener: () => void) => () => void;
};

/** A retry sends the same file under the same key, so that it is attached once. */
function createSender(kind: string, ownerId: string, onUploaded: (file: AttachmentView) => void): Sender {
  const jobs = new Map<string, Job>();
  const listeners = new Set<() => void>();
  let sending: readonly Sending[] = [];
  const tell = (now: readonly Sending[]) => {
    sending = now;
    for (const listener of listeners) listener();
  };
  const change = (id: string, to: Partial<Sending>) =>
    tell(sending.map((each) => (each.id === id ? { ...each, ...to } : each)));
  const drop = (id: string) => {
    jobs.delete(id);
    tell(sending.filter((each) => each.id !== id));
  };
  const send = (id: string) => {
    const job = jobs.get(id);
    if (!job) return;
    change(id, { percent: 0, problem: null, mayRetry: false });
    job.request = new XMLHttpRequest();
    transfer(job.request, { kind, ownerId, ...job }, (percent) => change(id, { percent }))
      .then((file) => {
        drop(id);
        onUploaded(file);
      })
      .catch((error: unknown) => {
        const problem = asProblem(error);
        if (jobs.has(id)) change(id, { problem, mayRetry: problem.retryable });
      });
  };
  return {
    sending: () => sending,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add(file, purpose, problem = null) {
      const id = newKey();
      jobs.set(id, { file, purpose, key: newKey(), request: null });
      tell([...sending, { id, name: file.name, percent: 0, problem, mayRetry: false }]);
      if (!problem) send(id);
    },
    retry: send,
    dismiss(id) {
      const job = jobs.get(id);
      drop(id);
      job?.request?.abort();
    },
  };
}

/** Files sent to a case or a visit from one place of a page, each with its progress. */
export function useUploads(owner: FileOwner, onUploaded?: (file: AttachmentView) => void): Uploads {
  const [kind, ownerId] = Object.entries(owner)[0] as [string, string];
  const client = useQueryClient();
  const limits = useAttachmentLimits().data;
  const told = useRef(onUploaded);
  useEffect(() => {
    told.current = onUploaded;
  });
  const sender = useMemo(
    () =>
      createSender(kind, ownerId, (file) => {
        void client.invalidateQueries({ queryKey: kind === 'caseId' ? caseKey(ownerId) : ['account'] });
        told.current?.(file);
      }),
    [kind, ownerId, client],
  );
  const sending = useSyncExternalStore(sender.listen, sender.sending);
  const add = useCallback(
    (file: File, purpose: Purpose) => sender.add(file, purpose, limits ? refusalOf(file, limits) : null),
    [sender, limits],
  );
  return { sending, add, retry: sender.retry, dismiss: sender.dismiss };
}

/** The files that were chosen before their case was there, by case, until each of them is with it or was given up. */
const sentAlong = new Map<string, Sender>();

/** Sends a case the files that were chosen with it. They go on whatever page is shown; the case's own tells how far they are. */
export function useSendAlong(): (caseId: string, files: readonly File[]) => void {
  const client = useQueryClient();
  return (caseId, files) => {
    if (files.length === 0) return;
    const sender = createSender('caseId', caseId, () => void client.invalidateQueries({ queryKey: caseKey(caseId) }));
    sentAlong.set(caseId, sender);
    for (const file of files) sender.add(file, 'evidence');
  };
}

/** How far the files are that were chosen with a case. */
export function useSentAlong(caseId: string): Omit<Uploads, 'add'> {
  const sender = sentAlong.get(caseId) ?? nothingSent;
  return { ...sender, sending: useSyncExternalStore(sender.listen, sender.sending) };
}
const nothingSent = createSender('caseId', '', () => {});

export const extensionOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

/** What the API would refuse after it was sent, told before. */
export function refusalOf(file: File, { maxBytes, extensions }: AttachmentLimits): Problem | null {
  const refuse = (code: string, detail: string) => new Problem(422, { code, detail });
  if (!extensions.includes(extensionOf(file.name)))
    return refuse('fileTypeRefused', say('file.kindRefused', { kinds: extensions.join(' ') }));
  if (file.size === 0) return refuse('invalid', say('file.empty'));
  if (file.size > maxBytes) return refuse('tooLarge', say('file.tooLarge', { limit: Math.floor(maxBytes / 1048576) }));
  return null;
}

type Transfer = Pick<Job, 'file' | 'purpose' | 'key'> & { readonly kind: string; readonly ownerId: string };

/** `fetch` tells nothing of what was sent so far, XMLHttpRequest does. @throws Problem */
function transfer(
  request: XMLHttpRequest,
  { kind, ownerId, purpose, file, key }: Transfer,
  onProgress: (percent: number) => void,
): Promise<AttachmentView> {
  return new Promise((resolve, reject) => {
    request.open('POST', '/api/v1/attachments');
    for (const [name, value] of Object.entries(writingHeaders(key))) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress(Math.round((loaded / Math.max(total, 1)) * 100));
    request.onload = () => {
      const body = parsed(request.responseText);
      if (request.status < 400 && body) resolve(body as AttachmentView);
      else reject(new Problem(request.status, body ?? {}));
    };
    request.onerror = () => reject(new Problem(0, { code: 'network', detail: say('problem.networkDetail') }));
    request.onabort = () => reject(new Problem(0, { code: 'network', detail: say('problem.networkDetail') }));
    const body = new FormData();
    body.set(kind, ownerId);
    body.set('purpose', purpose);
    body.set('file', file);
    request.send(body);
  });
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
}
