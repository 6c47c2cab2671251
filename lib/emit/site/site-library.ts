import type { HandWritten } from '../../model/library/hand-written.ts';
import type { Library, LibraryObject } from '../../model/library/library.ts';
import { handWrittenObjects } from '../../model/library/part.ts';
import { FileNames } from '../file-names.ts';
import { compareVersions } from '../../model/library/version-order.ts';

/** A library as pages show it. */
export interface SiteLibrary {
  readonly library: Library;
  readonly handWritten: HandWritten;
  /** The variable that programs have it in. */
  readonly variable: string;
  /** The path that they import. */
  readonly importPath: string;
  /** Where it comes from, as in tankard.yaml. */
  readonly source: string;
}

/** An object that has a page. */
export interface SiteObject {
  readonly id: string;
  /** The file of its page, in the folder of the library. */
  readonly file: string;
  readonly kind: string;
  /** The API group, empty for the core group. */
  readonly group: string;
  readonly version: string;
  /** Undefined for what is written by hand alone. */
  readonly object: LibraryObject | undefined;
  /** Whether users create such objects; else it is a part of them. */
  readonly isKind: boolean;
  /** Other versions of it, best first. */
  readonly others: readonly { readonly file: string; readonly version: string }[];
  /** Whether it is the version to use: the newest stable one. */
  readonly isBest: boolean;
}

/** The objects of a library that have pages, in its order. */
export function siteObjects({ library, handWritten }: SiteLibrary): SiteObject[] {
  const names = new FileNames();
  const fileOf = (id: string): string => `${names.free(id)}.html`;
  return library.groups.flatMap(({ field, group, versions }) => {
    const all = versions.flatMap((version) => [
      ...version.objects.map((object) => ({
        id: object.id,
        file: fileOf(object.id),
        kind: object.kind,
        version: version.field,
        object,
        isKind: object.resource !== undefined,
      })),
      ...handWrittenObjects(`${field}.${version.field}`, handWritten).map(({ id, kind }) => {
        return {
          id,
          file: fileOf(id),
          kind,
          version: version.field,
          object: undefined,
          isKind: true,
        };
      }),
    ]);
    return all.map((one): SiteObject => {
      const same = all
        .filter(({ kind }) => kind === one.kind)
        .sort((a, b) => compareVersions(a.version, b.version));
      return {
        ...one,
        group: group === 'core' ? '' : group,
        others: same.filter(({ id }) => id !== one.id),
        isBest: same[0]?.id === one.id,
      };
    });
  });
}
