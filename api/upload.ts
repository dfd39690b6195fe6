import busboy from 'busboy';
import type { Request } from 'express';
import { DomainError } from '../domain/errors.ts';

export type Upload = {
  readonly fields: Readonly<Record<string, string>>;
  readonly name: string;
  readonly source: AsyncIterable<Uint8Array>;
};

const FIELD_BYTES = 200;

/**
 * Reads a multipart form as it arrives: its fields, which come first, then the one file, given to `store` as a stream.
 * Errors: DomainError `unsupportedMedia` for another content type, `malformed` for a broken form, `missing` without a file.
 */
export function readUpload<Stored>(request: Request, store: (upload: Upload) => Promise<Stored>): Promise<Stored> {
  if (!request.is('multipart/form-data'))
    throw new DomainError('unsupportedMedia', { expected: 'multipart/form-data' });
  return new Promise((resolve, reject) => {
    const fields: Record<string, string> = {};
    let stored: Promise<Stored> | null = null;
    let form: busboy.Busboy;
    try {
      form = busboy({
        headers: request.headers,
        defParamCharset: 'utf8',
        limits: { files: 1, fields: 10, fieldSize: FIELD_BYTES, fieldNameSize: FIELD_BYTES, parts: 12 },
      });
    } catch {
      reject(new DomainError('malformed'));
      return;
    }
    const fail = (error: unknown) => {
      request.unpipe(form);
      // What is still on its way is read and thrown away, so that the answer can be sent.
      request.resume();
      // The file's own stream ends with the form, so that whoever stores it stops; but not while the form is at work.
      process.nextTick(() => form.destroy());
      reject(error);
    };
    form.on('field', (name, value, { valueTruncated }) => {
      if (valueTruncated) fail(new DomainError('invalid', { field: name, reason: 'tooLarge' }, name));
      else fields[name] = value;
    });
    form.on('file', (field, source, { filename }) => {
      // A form may break off before anybody reads the file, and an error that nobody hears would end the process. The form tells it too.
      source.on('error', () => {});
      if (field !== 'file' || stored) {
        source.resume();
        fail(new DomainError('unknownField', { field }, field));
        return;
      }
      stored = store({ fields, name: filename ?? '', source });
      stored.catch((error) => {
        source.resume();
        fail(error);
      });
    });
    form.on('error', () => fail(new DomainError('malformed')));
    form.on('close', () => {
      if (stored) stored.then(resolve, reject);
      else reject(new DomainError('missing', { field: 'file' }, 'file'));
    });
    request.on('aborted', () => fail(new DomainError('malformed')));
    request.pipe(form);
  });
}
