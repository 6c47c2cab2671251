import type { JSX } from 'preact';

/** A message; what stands below its first line is a quotation whose columns count. */
export function MessageText({ message }: { readonly message: string }): JSX.Element {
  const [, sentence = '', quoted = ''] = /^(.*)\n*([^]*?)\s*$/.exec(message) ?? [];
  return (
    <>
      {sentence}
      {quoted !== '' && <code class="quoted">{quoted}</code>}
    </>
  );
}
