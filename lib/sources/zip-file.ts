import { inflateRawSync } from 'node:zlib';

/** A file in a zip archive. */
interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflated; a Go module has no others. */
  readonly method: number;
  readonly compressedSize: number;
  /** Where its local header starts, in bytes. */
  readonly offset: number;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const END_SIZE = 22;

/**
 * Reads files from a zip archive, such as the one that Go downloads a module as. Zip64 is not read: Go limits
 * a module to 500 MiB (golang.org/x/mod/zip, MaxZipFile).
 *
 * The format: PKWARE APPNOTE 6.3.10, 4.3.7 (local header), 4.3.12 (directory), 4.3.16 (end).
 *
 * @param archive the whole archive.
 * @param wanted decides by the name in the archive which files are unpacked.
 * @returns the wanted files by name.
 * @throws Error when the archive is damaged.
 */
export function readZip(archive: Buffer, wanted: (name: string) => boolean): Map<string, Buffer> {
  return new Map(unpackZip(archive, wanted));
}

/** The same, one file after the other, so that not all need be in memory. */
export function* unpackZip(
  archive: Buffer,
  wanted: (name: string) => boolean,
): Generator<[string, Buffer]> {
  for (const entry of readDirectory(archive))
    if (wanted(entry.name)) yield [entry.name, unpack(archive, entry)];
}

function readDirectory(archive: Buffer): ZipEntry[] {
  const end = findEnd(archive);
  const count = archive.readUInt16LE(end + 10);
  const entries: ZipEntry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (archive.readUInt32LE(at) !== DIRECTORY_ENTRY)
      throw new Error(`no directory entry at byte ${at} of the zip`);
    const nameLength = archive.readUInt16LE(at + 28);
    entries.push({
      name: archive.toString('utf8', at + 46, at + 46 + nameLength),
      method: archive.readUInt16LE(at + 10),
      compressedSize: archive.readUInt32LE(at + 20),
      offset: archive.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

function findEnd(archive: Buffer): number {
  // The end record comes last, before a comment of at most 65535 bytes.
  const first = Math.max(0, archive.length - END_SIZE - 0xffff);
  for (let at = archive.length - END_SIZE; at >= first; at--)
    if (archive.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  throw new Error('no end of directory: the zip is not whole');
}

function unpack(archive: Buffer, entry: ZipEntry): Buffer {
  const start =
    entry.offset +
    30 +
    archive.readUInt16LE(entry.offset + 26) +
    archive.readUInt16LE(entry.offset + 28);
  const packed = archive.subarray(start, start + entry.compressedSize);
  if (entry.method === 0) return packed;
  if (entry.method === 8) return inflateRawSync(packed);
  throw new Error(`${entry.name} is packed by the unknown method ${entry.method}`);
}
