/**
 * Where a text stops being JSON. Node says it in some messages only, so it is measured: the error stands behind
 * the longest part that could still go on as JSON.
 *
 * @param text not valid JSON; small, since the time grows with the square of its length.
 * @returns offset in UTF-16 units, from 0 to the length of the text.
 */
export function jsonErrorOffset(text: string): number {
  for (let length = text.length; length > 0; length--)
    if (couldGoOn(text.slice(0, length))) return length;
  return 0;
}

function couldGoOn(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const { message } = error as Error;
    const position = /at position (\d+)/.exec(message)?.[1];
    return position === undefined
      ? message === 'Unexpected end of JSON input'
      : Number(position) === text.length;
  }
}
