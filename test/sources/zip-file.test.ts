import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readZip } from '../../lib/sources/zip-file.ts';

interface Member {
  readonly name: string;
  readonly text: string;
  readonly method: 0 | 8 | 99;
}

/** A zip as other programs write it, with extra fields and a comment where the format allows them. */
function zip(members: readonly Member[], comment = ''): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, text, method } of members) {
    const packed = method === 8 ? deflateRawSync(text) : Buffer.from(text);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    local.writeUInt16LE(5, 28);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt16LE(3, 30);
    entry.writeUInt16LE(2, 32);
    entry.writeUInt32LE(offset, 42);
    const whole = Buffer.concat([local, Buffer.from(`${name}extra`), packed]);
    locals.push(whole);
    directory.push(entry, Buffer.from(`${name}xxxcc`));
    offset += whole.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...locals, ...directory, end, Buffer.from(comment)]);
}

const members: Member[] = [
  { name: 'm@v1/stored', text: 'as it is', method: 0 },
  { name: 'm@v1/ü/deflated', text: 'again and again '.repeat(1000), method: 8 },
  { name: 'm@v1/empty', text: '', method: 0 },
];

test.each([
  ['', 'without'],
  ['a comment', 'with'],
])('the wanted files are unpacked (%j: %s a comment)', (comment) => {
  const files = readZip(zip(members, comment), (name) => name !== 'm@v1/empty');
  expect([...files].map(([name, bytes]) => [name, bytes.toString()])).toEqual([
    ['m@v1/stored', 'as it is'],
    ['m@v1/ü/deflated', 'again and again '.repeat(1000)],
  ]);
});

test('an archive that was cut off is refused', () => {
  const whole = zip(members);
  expect(() => readZip(whole.subarray(0, whole.length - 5), () => true)).toThrow(/not whole/);
  expect(() => readZip(Buffer.alloc(0), () => true)).toThrow(/not whole/);
});

test('a directory that is overwritten is refused', () => {
  const damaged = zip(members);
  damaged.fill(0, damaged.indexOf(Buffer.from([0x50, 0x4b, 1, 2])), damaged.length - 22);
  expect(() => readZip(damaged, () => true)).toThrow(/no directory entry/);
});

test('a file packed in an unknown way is refused only when it is wanted', () => {
  const odd = zip([...members, { name: 'odd', text: 'x', method: 99 }]);
  expect(() => readZip(odd, () => true)).toThrow('odd is packed by the unknown method 99');
  expect(readZip(odd, (name) => name === 'm@v1/stored').size).toBe(1);
});
