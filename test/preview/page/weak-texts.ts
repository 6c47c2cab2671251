import type { Page } from 'playwright-core';

/** Runs in the page. */
const FIND_WEAK_TEXTS = `(() => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    /** What is seen where colours lie above each other, those behind first. */
    const mix = (colours) => {
      canvas?.clearRect(0, 0, 1, 1);
      for (const colour of colours) {
        if (canvas === null) continue;
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
      }
      return [...(canvas?.getImageData(0, 0, 1, 1).data.slice(0, 3) ?? [])];
    };
    const luminance = (colour) => {
      const [red = 0, green = 0, blue = 0] = colour.map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const weak = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      if (element === null || (node.textContent ?? '').trim() === '') continue;
      if (!element.checkVisibility() || element.closest('.unseen, noscript') !== null) continue;
      const grounds = [];
      for (let at = element; at !== null; at = at.parentElement)
        grounds.unshift(getComputedStyle(at).backgroundColor);
      const ground = luminance(mix(grounds));
      const ink = luminance(mix([...grounds, getComputedStyle(element).color]));
      const contrast = (Math.max(ground, ink) + 0.05) / (Math.min(ground, ink) + 0.05);
      if (contrast < 4.5) weak.push(contrast.toFixed(2) + ' ' + node.textContent);
    }
    return weak;
})()`;

/**
 * The texts of the page with less contrast to what is behind them than level AA asks for, 4.5 to 1. Source: Web Content
 * Accessibility Guidelines 2.2, 1.4.3.
 */
export async function weakTexts(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(FIND_WEAK_TEXTS);
}
