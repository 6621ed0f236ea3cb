import { describe, expect, it } from "vitest";
import { fromDataAddress, kMostSeconds, mayBeDrawn, outline, peaksOf } from "./wave";

describe("the shape of a recording", () => {
  it("is the loudest sample of each stretch, of all channels, as a share of the loudest of all", () => {
    const left = Float32Array.of(0, 0.1, -0.5, 0, 0.2, 0);
    const right = Float32Array.of(0.25, 0, 0, 0, 0, 0);
    expect(peaksOf([left, right], 3).map((peak) => Math.round(peak * 100))).toEqual([50, 100, 40]);
  });
  it("of silence is flat, and of fewer samples than stretches as long as they are", () => {
    expect(peaksOf([new Float32Array(2)], 600)).toEqual([0, 0]);
    expect(peaksOf([], 600)).toEqual([]);
  });
  it("is drawn around its middle, forth and back", () => {
    expect(outline([0, 1])).toBe("M0 0.980L1 0.060L1 1.940L0 1.020Z");
  });
  it("is not looked for in a long recording, nor in one without an end", () => {
    expect([1, kMostSeconds, kMostSeconds + 1, Infinity, NaN].map(mayBeDrawn)).toEqual([true, true, false, false, false]);
  });
});

describe("bytes of a data address", () => {
  it("are read from base64 and from percent signs", () => {
    const text = (buffer: ArrayBuffer | null) => new TextDecoder().decode(buffer ?? new ArrayBuffer());
    expect(text(fromDataAddress(`data:audio/wav;base64,${btoa("RIFF,x")}`))).toBe("RIFF,x");
    expect(text(fromDataAddress("data:text/plain,a%2Cb,c"))).toBe("a,b,c");
  });
});
