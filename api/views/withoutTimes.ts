/** 1 January 1980, 0:00, the first moment a zip file can name. */
const FIRST_DAY = 0x0021;
const END = 0x06054b50;
const ENTRY = 0x02014b50;
const FILE = 0x04034b50;

/** A zip file (.xlsx, .docx) without the times at which its parts were written, so that the same content is the same bytes. */
export function withoutTimes(zip: Buffer): Buffer {
  const bytes = Buffer.from(zip);
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || bytes.readUInt32LE(end) !== END) throw new Error('no zip file');
  let entry = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (bytes.readUInt32LE(entry) !== ENTRY) throw new Error('no entry of a zip file');
    const file = bytes.readUInt32LE(entry + 42);
    if (bytes.readUInt32LE(file) !== FILE) throw new Error('no file in a zip file');
    for (const at of [entry + 12, file + 10]) {
      bytes.writeUInt16LE(0, at);
      bytes.writeUInt16LE(FIRST_DAY, at + 2);
    }
    entry += 46 + bytes.readUInt16LE(entry + 28) + bytes.readUInt16LE(entry + 30) + bytes.readUInt16LE(entry + 32);
  }
  return bytes;
}
