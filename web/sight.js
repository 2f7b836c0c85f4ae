/** An element is of interest once it is seen, or nearly: until then it costs no more than its button. */

/** How far beyond the window's edge is near, in heights of the window. */
export const NEARNESS = 0.5;

/**
 * Tells of each observed element once it is seen or near.
 *
 * @param {(element: Element) => void} onSeen
 */
export const createSight = (onSeen) =>
  new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) if (isIntersecting) onSeen(target);
    },
    { rootMargin: `${100 * NEARNESS}%` },
  );
