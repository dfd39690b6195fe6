import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { sniff } from '../../platform/fileKind.ts';

/** A ZIP archive of stored entries, in their order. */
function zip(entries: Record<string, string>): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(entries)) {
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(Buffer.byteLength(content), 14);
    common.writeUInt32LE(Buffer.byteLength(content), 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), Buffer.from(content)]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, place, Buffer.from(name));
    locals.push(local);
    offset += local.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(locals.length, 8);
  end.writeUInt16LE(locals.length, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, index, end]);
}

const officeTypes = (main: string) =>
  `<Types><Override PartName="/x" ContentType="application/vnd.openxmlformats-officedocument.${main}.main+xml"/></Types>`;
const word = {
  '[Content_Types].xml': officeTypes('wordprocessingml.document'),
  '_rels/.rels': '<x/>',
  'word/document.xml': '<x/>',
};
const typesLast = {
  '_rels/.rels': '<x/>',
  'word/document.xml': '<x/>',
  '[Content_Types].xml': word['[Content_Types].xml'],
};
const excel = { '[Content_Types].xml': officeTypes('spreadsheetml.sheet'), 'xl/workbook.xml': '<x/>' };
const gb18030 = Buffer.from('cfeec4bf2cbdf0b6ee0d0ac4b3cfeec4bf2c31303030300d0a', 'hex');

const samples = {
  pdf: Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n', 'latin1'),
  png: Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex'),
  jpeg: Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
  webp: Buffer.from('RIFF\x24\x00\x00\x00WEBPVP8 ', 'latin1'),
  docx: zip(word),
  xlsx: zip(excel),
  ofd: zip({ 'OFD.xml': '<ofd:OFD/>', 'Doc_0/Document.xml': '<x/>' }),
  txt: Buffer.from('会议纪要\n'),
  exe: Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]),
  zip: zip({ 'readme.md': '# x' }),
};

async function refusal(bytes: Uint8Array, name: string) {
  return sniff(bytes, name).then(
    (kind) => kind.mime,
    (error) => error.code,
  );
}

describe('a file that is what its name says', () => {
  test.each([
    ['一期结算书.pdf', samples.pdf, 'application/pdf'],
    ['扫描件.PDF', samples.pdf, 'application/pdf'],
    ['a.png', samples.png, 'image/png'],
    ['a.jpg', samples.jpeg, 'image/jpeg'],
    ['a.jpeg', samples.jpeg, 'image/jpeg'],
    ['a.webp', samples.webp, 'image/webp'],
    ['a.docx', samples.docx, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['types last.docx', zip(typesLast), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['项目清单.xlsx', samples.xlsx, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['a.ofd', samples.ofd, 'application/ofd'],
    ['a.txt', samples.txt, 'text/plain'],
    ['utf-8.csv', Buffer.from('\ufeff项目,金额\r\n'), 'text/csv'],
    ['from Excel.csv', gb18030, 'text/csv'],
  ])('is accepted: %s', async (name, bytes, mime) => {
    expect((await sniff(bytes, name)).mime).toBe(mime);
  });

  test('is recognised from its beginning, wherever that ends', async () => {
    const large = zip({ ...word, 'word/media/image1.png': 'x'.repeat(200_000) });
    expect(await refusal(large.subarray(0, 65_536), 'a.docx')).toBe((await sniff(samples.docx, 'a.docx')).mime);
    const text = Buffer.from('汉'.repeat(100));
    for (const length of [97, 98, 99]) expect(await refusal(text.subarray(0, length), 'a.txt')).toBe('text/plain');
  });
});

describe('a file whose name lies', () => {
  test('is refused in every pair of an accepted extension and another content', async () => {
    const extensions = ['pdf', 'png', 'jpeg', 'webp', 'docx', 'xlsx', 'ofd', 'txt'] as const;
    for (const extension of extensions) {
      for (const [content, bytes] of Object.entries(samples)) {
        if (content === extension) continue;
        expect(await refusal(bytes, `a.${extension}`), `${content} as ${extension}`).toBe('fileTypeMismatch');
      }
    }
  });

  test('is told what it really is', async () => {
    await expect(sniff(samples.png, 'a.pdf')).rejects.toMatchObject({
      code: 'fileTypeMismatch',
      params: { actual: 'image/png' },
      field: 'file',
    });
  });

  test('is refused when it carries macros under a plain document’s name', async () => {
    const types = '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>';
    const macros = zip({ '[Content_Types].xml': types, 'word/document.xml': '<x/>', 'word/vbaProject.bin': 'x' });
    expect(await refusal(macros, 'a.docx')).toBe('fileTypeMismatch');
  });
});

test('an extension that is not on the list is refused whatever the content is', async () => {
  for (const name of ['a.exe', 'a.html', 'a.svg', 'a.docm', 'a.zip', 'a', 'a.', '.pdf', 'a.pdf.js', 'a.constructor']) {
    expect(await refusal(samples.pdf, name), name).toBe('fileTypeRefused');
  }
});

test('an empty file is refused', async () => {
  expect(await refusal(Buffer.alloc(0), 'a.txt')).toBe('invalid');
});
