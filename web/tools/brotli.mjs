/** Brotli as small as it gets. */
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

/**
 * @param {Buffer} data
 * @returns {Promise<Buffer>}
 */
export const compressBrotli = (data) =>
  promisify(brotliCompress)(data, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
    },
  });
