// Prometheus' text format, as far as the health page reads it.
export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const kLine = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)/;
const kLabel = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

export function parseMetrics(text: string): Sample[] {
  return text.split("\n").flatMap((line) => {
    const found = line.startsWith("#") ? null : kLine.exec(line);
    if (!found?.[1] || found[3] === undefined) return [];
    const labels = Object.fromEntries([...(found[2] ?? "").matchAll(kLabel)].map(([, key, value]) => [key, value]));
    return [{ name: found[1], labels, value: Number(found[3]) }];
  });
}

export interface Operation {
  name: string;
  requests: number;
  /** Answered 400 to 499. */
  refused: number;
  /** Answered 500 and above. */
  failed: number;
  /** Of all requests together. */
  seconds: number;
}

/** What was asked of the server, the most often asked first. */
export function operationsOf(samples: readonly Sample[]): Operation[] {
  const found = new Map<string, Operation>();
  for (const { name, labels, value } of samples) {
    const operation = labels["operation"] ?? "";
    const row = found.get(operation) ?? { name: operation, requests: 0, refused: 0, failed: 0, seconds: 0 };
    if (name === "mizan_http_requests_total") {
      row.requests += value;
      if (labels["status"]?.startsWith("4")) row.refused += value;
      if (labels["status"]?.startsWith("5")) row.failed += value;
    } else if (name === "mizan_http_request_duration_seconds_sum") row.seconds += value;
    else continue;
    found.set(operation, row);
  }
  return [...found.values()].filter((row) => row.requests > 0).sort((a, b) => b.requests - a.requests);
}
