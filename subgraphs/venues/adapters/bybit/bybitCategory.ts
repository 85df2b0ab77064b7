/** Bybit's kinds of derivatives, as its requests name them. */
export type BybitCategory = 'linear' | 'inverse' | 'option';
