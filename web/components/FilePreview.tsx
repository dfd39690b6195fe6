import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Modal, Skeleton } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { AttachmentView } from '../../api/contract/cases.ts';
import { Problem } from '../api/problem.ts';
import { sizeText } from '../format.ts';
import { preferences } from '../preferences.ts';
import { useWords } from '../words.ts';
import '../styles/preview.css';
import { ProblemNotice } from './ProblemNotice.tsx';

const PdfPages = lazy(() => import('./PdfPages.tsx'));

/** What the console shows itself; everything else is offered to be saved. */
const kindOf = (mime: string): 'image' | 'pdf' | 'text' | null =>
  mime.startsWith('image/') ? 'image' : mime === 'application/pdf' ? 'pdf' : mime.startsWith('text/') ? 'text' : null;

export const mayPreview = ({ mime }: AttachmentView): boolean => kindOf(mime) !== null;

/** The file's bytes, asked for once while the preview is open: each asking is one reading on record (Article 11). */
async function bytesOf(id: string, signal: AbortSignal): Promise<Blob> {
  const response = await fetch(`/api/v1/attachments/${id}`, {
    signal,
    headers: { 'Accept-Language': preferences().language },
    credentials: 'same-origin',
  });
  if (!response.ok) throw new Problem(response.status, (await response.json().catch(() => ({}))) as never);
  return response.blob();
}

/** One file, shown over the page; it can be saved from there without being read again. */
export function FilePreview({ file, onClose }: { readonly file: AttachmentView; readonly onClose: () => void }) {
  const { t } = useWords();
  const bytes = useQuery({
    queryKey: ['preview', file.id],
    queryFn: ({ signal }) => bytesOf(file.id, signal),
    staleTime: Number.POSITIVE_INFINITY,
    // Not kept when the preview is closed.
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    retry: false,
  });
  return (
    <Modal
      open
      title={file.name}
      onCancel={onClose}
      width="min(960px, 96vw)"
      style={{ top: 24 }}
      footer={
        <div className="row" style={{ justifyContent: 'space-between' }}>
          <span className="small soft">
            {sizeText(file.size)} · {t('file.readLogged')}
          </span>
          {bytes.data && <Save blob={bytes.data} name={file.name} />}
        </div>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className="preview" tabIndex={0}>
        {bytes.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
        <ProblemNotice error={bytes.error} {...(bytes.isError ? { onRetry: () => void bytes.refetch() } : {})} />
        {bytes.data && (
          <Suspense fallback={<Skeleton active paragraph={{ rows: 8 }} />}>
            <Content blob={bytes.data} file={file} />
          </Suspense>
        )}
      </div>
    </Modal>
  );
}

function Content({ blob, file }: { readonly blob: Blob; readonly file: AttachmentView }) {
  switch (kindOf(file.mime)) {
    case 'image':
      return <Picture blob={blob} name={file.name} />;
    case 'pdf':
      return <PdfPages blob={blob} name={file.name} />;
    case 'text':
      return <Text blob={blob} />;
    default:
      return null;
  }
}

function useAddress(blob: Blob): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return address;
}

function Save({ blob, name }: { readonly blob: Blob; readonly name: string }) {
  const { t } = useWords();
  const address = useAddress(blob);
  return (
    <Button icon={<DownloadOutlined />} href={address ?? ''} download={name}>
      {t('file.save')}
    </Button>
  );
}

function Picture({ blob, name }: { readonly blob: Blob; readonly name: string }) {
  const address = useAddress(blob);
  return address && <img src={address} alt={name} />;
}

/** Text as Windows, macOS and Linux save it here: UTF-8, else GB 18030. */
function Text({ blob }: { readonly blob: Blob }) {
  const [text, setText] = useState('');
  useEffect(() => {
    let wanted = true;
    void blob.arrayBuffer().then((bytes) => wanted && setText(decoded(bytes)));
    return () => {
      wanted = false;
    };
  }, [blob]);
  return <pre className="raw">{text}</pre>;
}

function decoded(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
