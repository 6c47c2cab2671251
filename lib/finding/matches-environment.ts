/**
 * Whether a pattern of tankard.yaml is for an environment.
 *
 * @param pattern the path of an environment, with `/`; `FOLDER/**` for the folder and all below it.
 * @param environment the path of one.
 */
export function matchesEnvironment(pattern: string, environment: string): boolean {
  if (!pattern.endsWith('/**')) return pattern.replace(/\/$/, '') === environment;
  const folder = pattern.slice(0, -2);
  return environment.startsWith(folder) || `${environment}/` === folder;
}
