import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  checkFolders,
  environmentFolder,
  fileNames,
  type ObjectIdentity,
} from '../../lib/export/file-name.ts';

const web = { namespace: 'shop', group: 'apps', kind: 'Deployment', name: 'web' };

/** Texts that are alike, and such that no Kubernetes would take. */
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'A', 'b', '-', '.', '_', ':', '%', '/', '~', '2', 'f') }),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('a', 'A', ':'), minLength: 195, maxLength: 260 }),
);

const identity: fc.Arbitrary<ObjectIdentity> = fc.record(
  {
    namespace: text,
    group: text,
    kind: text.filter((one) => one !== ''),
    name: text,
    generated: fc.integer({ min: 1, max: 3 }),
  },
  { requiredKeys: ['group', 'kind', 'name'] },
);

function isSafe(name: string): boolean {
  return name.length <= 255 && /^(?![.])[A-Za-z0-9._%~-]+$/.test(name);
}

describe('files of objects', () => {
  test.each([
    [web, 'shop/Deployment.apps_web.yaml'],
    [{ namespace: 'shop', group: '', kind: 'Service', name: 'web' }, 'shop/Service_web.yaml'],
    [
      { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:Node' },
      '_cluster/ClusterRole.rbac.authorization.k8s.io_system%3A%4Eode.yaml',
    ],
    [
      { namespace: 'shop', group: 'batch', kind: 'Job', name: 'migrate-', generated: 1 },
      'shop/Job.batch_migrate-~1.yaml',
    ],
    [{ namespace: '..', group: '', kind: 'Pod', name: '../x' }, '%2E%2E/Pod_..%2Fx.yaml'],
  ])('of %j', (object, expected) => {
    expect(fileNames([object])).toEqual([expected]);
  });

  it('are different for different objects, also where capitals do not count', () => {
    const key = (one: ObjectIdentity): string =>
      JSON.stringify([one.namespace, one.group, one.kind, one.name, one.generated]);
    fc.assert(
      fc.property(fc.uniqueArray(identity, { selector: key, maxLength: 30 }), (identities) => {
        const files = fileNames(identities);
        expect(new Set(files.map((file) => file.toLowerCase())).size).toBe(identities.length);
        for (const file of files) expect(file.split('/').every(isSafe), file).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('do not depend on the other objects, nor on their order', () => {
    const kinds = fc.constantFrom('Pod', 'Job', 'Deployment');
    const plain = fc.record({ namespace: text, group: text, kind: kinds, name: text });
    fc.assert(
      fc.property(fc.uniqueArray(plain, { selector: (one) => JSON.stringify(one) }), (objects) => {
        const alone = objects.map((one) => fileNames([one])[0]);
        expect(fileNames(objects)).toEqual(alone);
        expect(fileNames(objects.toReversed())).toEqual(alone.toReversed());
      }),
    );
  });

  it('are told apart by a hash where only the capitals of kinds differ', () => {
    const files = fileNames([web, { ...web, kind: 'DePloyment' }]);
    expect(files.map((file) => file.replace(/~[0-9a-f]{16}/, '~HASH'))).toEqual([
      'shop/Deployment.apps_web~HASH.yaml',
      'shop/DePloyment.apps_web~HASH.yaml',
    ]);
    expect(new Set(files.map((file) => file.toLowerCase())).size).toBe(2);
  });
});

describe('folders of environments', () => {
  test.each([
    [{ path: 'environments/prod' }, 'environments/prod'],
    [{ path: 'environments/EU', name: 'shop' }, 'environments/EU/shop'],
    [{ path: 'environments/x', name: 'environments/y' }, 'environments/x/environments%2Fy'],
    [{ path: '.' }, '%2E'],
    [{ path: 'environments/.git' }, 'environments/%2Egit'],
    [{ path: 'environments/a.json' }, 'environments/a%2Ejson'],
  ])('of %j', (environment, expected) => {
    expect(environmentFolder(environment)).toBe(expected);
    expect(() => checkFolders([expected, 'other'])).not.toThrow();
  });

  it('are different for different environments, or refused', () => {
    const segments = fc.array(
      text.filter((one) => one !== '' && !one.includes('/')),
      {
        minLength: 1,
        maxLength: 3,
      },
    );
    const environment = fc.record(
      { path: segments.map((one) => one.join('/')), name: text },
      { requiredKeys: ['path'] },
    );
    const selector = (one: object): string => JSON.stringify(one);
    fc.assert(
      fc.property(fc.uniqueArray(environment, { selector, maxLength: 20 }), (environments) => {
        const folders = environments.map(environmentFolder);
        for (const one of folders)
          expect(one.split('/').every((step) => /^[^.].*$/.test(step))).toBe(true);
        const folded = new Set(folders.map((one) => one.toLowerCase()));
        if (folded.size < folders.length) expect(() => checkFolders(folders)).toThrow();
      }),
    );
  });

  it.each([
    [['environments/a', 'environments/a/b'], 'lies in the folder of'],
    [['environments/A/b', 'environments/a'], 'lies in the folder of'],
    [['environments/a', 'environments/A'], 'two environments'],
    [['environments/a', 'environments/a'], 'two environments'],
  ])('%j are refused', (folders, message) => {
    expect(() => checkFolders(folders)).toThrow(message);
  });

  it('may have the same beginning', () => {
    expect(() =>
      checkFolders(['environments/a', 'environments/a-b', 'environments/ab/c']),
    ).not.toThrow();
  });
});
