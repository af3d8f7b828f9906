/** Stands for the decoders of chunked arrays, which no page opens; the build leaves them out. */
export default {
  fromConfig(): never {
    throw new RangeError("Chunked arrays are not read here.");
  },
};
