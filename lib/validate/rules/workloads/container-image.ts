import type { Rule } from '../rule.ts';
import { containerRule } from './support/own-pods.ts';

/**
 * A container without an image, or with blanks around it. Of a template, the API server takes the blanks, and its Pods are refused.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/core/validation, validateContainerCommon, validateContainerOnlyForPod.
 */
export const containerImage: Rule = containerRule(
  'workloads/container-image',
  function* ({ place }) {
    const image = place.at('image');
    const { text } = image;
    if (image.isEmpty)
      yield image.missing('the container has no image', {
        hint: 'Set image to a reference such as example.com/shop:1.2.3.',
      });
    if (text !== undefined && text !== '' && text.trim() !== text)
      yield image.wrong('the image has blanks around it, so the Pods are refused', {
        hint: 'A text block (|||) ends with a newline; use a string, or std.stripChars.',
      });
  },
  {
    mayBeWrong: ({ fields: { image } }) =>
      typeof image !== 'string' || image === '' || image.trim() !== image,
  },
);
