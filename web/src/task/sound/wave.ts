// The shape of a recording: how loud it is, stretch by stretch.

/** A decoded recording takes 4 bytes a sample and channel: longer ones than this are played, not drawn. */
export const kMostSeconds = 600;
export const kMostBytes = 32 * 1024 * 1024;
const kStretches = 600;
// Enough to see the loud and the quiet; some browsers decode to no rate below 44.1 kHz.
const kRates = [8000, 44_100] as const;

export const mayBeDrawn = (seconds: number): boolean => Number.isFinite(seconds) && seconds > 0 && seconds <= kMostSeconds;

/** The bytes of an address; null when they are too many. Sends no cookies to others, and does not say where from. */
async function bytesOf(address: string, signal: AbortSignal): Promise<ArrayBuffer | null> {
  if (address.startsWith("data:")) return fromDataAddress(address);
  const response = await fetch(address, { signal, credentials: "same-origin", referrerPolicy: "no-referrer" });
  if (!response.ok || !response.body || Number(response.headers.get("Content-Length") ?? 0) > kMostBytes) return null;
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let count = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(pieces).arrayBuffer();
    count += value.byteLength;
    if (count > kMostBytes) {
      await reader.cancel();
      return null;
    }
    pieces.push(value);
  }
}

/** The page's policy reads no `data:` address; its bytes are in it. */
export function fromDataAddress(address: string): ArrayBuffer | null {
  const [head = "", body = ""] = address.split(/,(.*)/s);
  const text = head.endsWith(";base64") ? atob(body) : decodeURIComponent(body);
  if (text.length > kMostBytes) return null;
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0)).buffer;
}

async function decode(bytes: ArrayBuffer): Promise<AudioBuffer> {
  const [low, high] = kRates;
  try {
    // Decoding takes the bytes away, even when it fails.
    return await new OfflineAudioContext(1, 1, low).decodeAudioData(bytes.slice(0));
  } catch {
    return await new OfflineAudioContext(1, 1, high).decodeAudioData(bytes);
  }
}

/** The loudest sample of each stretch, over all channels, as a share of the loudest of all. */
export function peaksOf(channels: readonly Float32Array[], stretches = kStretches): number[] {
  const count = channels[0]?.length ?? 0;
  const peaks = Array.from({ length: Math.min(stretches, count) }, () => 0);
  for (const samples of channels)
    for (const index of peaks.keys()) {
      const end = Math.floor(((index + 1) * count) / peaks.length);
      let peak = peaks[index] ?? 0;
      for (let at = Math.floor((index * count) / peaks.length); at < end; at++) peak = Math.max(peak, Math.abs(samples[at] ?? 0));
      peaks[index] = peak;
    }
  const most = Math.max(...peaks, 1e-9);
  return peaks.map((peak) => peak / most);
}

/** The outline of the peaks in a field of 2 units high, around its middle. */
export function outline(peaks: readonly number[]): string {
  const point = (index: number, side: 1 | -1) => `${String(index)} ${(1 - side * Math.max(0.02, (peaks[index] ?? 0) * 0.94)).toFixed(3)}`;
  const all = [...peaks.keys()];
  return `M${all.map((index) => point(index, 1)).join("L")}L${all.toReversed().map((index) => point(index, -1)).join("L")}Z`;
}

export interface Shape {
  peaks: number[];
  /** What was read, to play it from here; nothing when it lies in the page already. */
  file: Blob | undefined;
}

/** The shape of a recording; null when it cannot be had: too long, elsewhere without leave to read it, or of an unknown kind. */
export async function readShape(address: string, signal: AbortSignal): Promise<Shape | null> {
  try {
    const bytes = await bytesOf(address, signal);
    if (!bytes) return null;
    const file = address.startsWith("data:") ? undefined : new Blob([bytes]);
    const sound = await decode(bytes);
    return { peaks: peaksOf(Array.from({ length: sound.numberOfChannels }, (_, channel) => sound.getChannelData(channel))), file };
  } catch {
    return null;
  }
}
