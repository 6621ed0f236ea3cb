/** Whether an address is `base` or lies below it. */
export const isBelow = (location: string, base: string): boolean => location === base || location.startsWith(`${base}/`);
