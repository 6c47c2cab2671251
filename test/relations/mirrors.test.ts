import { describe, expect, it } from 'vitest';
import { plain, podWith, relationsIn } from './relations-in.ts';

const PREFIX = 'reflector.v1.k8s.emberstack.com';

/** A source that Reflector mirrors by itself; `rest` are further annotations without their prefix. */
function source(rest: Readonly<Record<string, string>> = {}, kind = 'Secret'): string {
  const all = { 'reflection-allowed': 'true', 'reflection-auto-enabled': 'true', ...rest };
  const annotations = Object.entries(all).map(([key, value]) => `${PREFIX}/${key}: "${value}"`);
  return plain(kind, 'base', 'pull', `annotations: { ${annotations.join(', ')} }`);
}

const namespaces = (...names: string[]): string =>
  names
    .map((name) => `\napiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n---`)
    .join('');

describe('mirrors that Reflector makes by itself', () => {
  it.each(['Secret', 'ConfigMap'])('in namespaces that a pattern of a %s takes', (kind) => {
    const pattern = { 'reflection-auto-namespaces': 'shop-.*' };
    expect(relationsIn(source(pattern, kind) + namespaces('shop-a', 'shop-b', 'blog'))).toEqual([
      `${kind} pull in base is mirrored as ${kind} pull in shop-a`,
      `${kind} pull in base is mirrored as ${kind} pull in shop-b`,
    ]);
  });

  it('in namespaces that are named, rendered or not', () => {
    expect(relationsIn(source({ 'reflection-allowed-namespaces': 'shop,blog,base' }))).toEqual([
      'Secret pull in base is mirrored as Secret pull in blog',
      'Secret pull in base is mirrored as Secret pull in shop',
    ]);
  });

  it('a pattern that takes no known namespace stands for itself', () => {
    expect(relationsIn(source({ 'reflection-auto-namespaces': 'shop-.*' }))).toEqual([
      'Secret pull in base is mirrored as Secret pull in namespaces shop-.*',
    ]);
  });

  it('without a list, in every namespace', () => {
    expect(relationsIn(source())).toEqual([
      'Secret pull in base is mirrored as Secret pull in every namespace',
    ]);
    expect(relationsIn(source() + namespaces('shop'))).toEqual([
      'Secret pull in base is mirrored as Secret pull in shop',
    ]);
  });

  it('a pattern that takes very many namespaces stands for them all', () => {
    const names = Array.from({ length: 200 }, (_, index) => `shop-${index}`);
    expect(relationsIn(source() + namespaces(...names))).toEqual([
      'Secret pull in base is mirrored as Secret pull in every namespace',
    ]);
  });

  it('a selector of namespaces, and what it may take', () => {
    const reader = podWith('imagePullSecrets: [{ name: pull }]');
    const selector = { 'reflection-auto-namespaces-selector': 'team=shop' };
    expect(relationsIn(source(selector) + reader)).toEqual([
      'Pod web in shop pulls images with Secret pull in shop',
      'Secret pull in base may be mirrored as Secret pull in shop',
      'Secret pull in base may be mirrored as Secret pull in namespaces team=shop',
    ]);
  });

  it('not in namespaces that the other list leaves out', () => {
    const lists = {
      'reflection-allowed-namespaces': 'shop',
      'reflection-auto-namespaces': 'shop,blog,wiki-.*',
    };
    expect(relationsIn(source(lists))).toEqual([
      'Secret pull in base is mirrored as Secret pull in shop',
    ]);
  });

  it('none without leave, and none that is not automatic', () => {
    expect(relationsIn(source({ 'reflection-allowed': 'false' }) + namespaces('shop'))).toEqual([]);
    const manual = source({ 'reflection-auto-enabled': 'false' });
    expect(relationsIn(manual + namespaces('shop'))).toEqual([]);
  });

  it('a mirror that is read leads to its source, of which something else makes the Secret', () => {
    const sealed = `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: pull, namespace: base }
spec:
  encryptedData: {}
  template:
    metadata:
      annotations: { ${PREFIX}/reflection-allowed: "true", ${PREFIX}/reflection-auto-enabled: "true" }
---`;
    const reader = podWith('imagePullSecrets: [{ name: pull }]');
    expect(relationsIn(sealed + reader)).toEqual([
      'Pod web in shop pulls images with Secret pull in shop',
      'Secret pull in base is mirrored as Secret pull in shop',
      'SealedSecret pull in base makes Secret pull in base',
    ]);
  });
});

describe('mirrors that are rendered', () => {
  const mirror = (of: string): string =>
    plain('Secret', 'shop', 'copy', `annotations: { ${PREFIX}/reflects: "${of}" }`);

  it('of a source, under another name', () => {
    expect(
      relationsIn(source({ 'reflection-auto-enabled': 'false' }) + mirror('base/pull')),
    ).toEqual(['Secret pull in base is mirrored as Secret copy in shop']);
  });

  it('of a source that nothing renders', () => {
    expect(relationsIn(mirror('base/pull'))).toEqual([
      'Secret pull in base (not rendered) is mirrored as Secret copy in shop',
    ]);
  });

  it('nothing is a mirror of itself', () => {
    expect(relationsIn(mirror('shop/copy'))).toEqual([]);
  });
});
