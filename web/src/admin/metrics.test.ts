import { expect, test } from "vitest";
import { operationsOf, parseMetrics } from "./metrics";

const kText = `# HELP mizan_http_requests_total Requests
# TYPE mizan_http_requests_total counter
mizan_http_requests_total{operation="list_tasks",status="2xx"} 12
mizan_http_requests_total{operation="list_tasks",status="4xx"} 3
mizan_http_requests_total{operation="a \\"b\\"",status="5xx"} 20
mizan_http_requests_total{operation="never",status="2xx"} 0
mizan_http_request_duration_seconds_sum{operation="list_tasks"} 3
mizan_http_request_duration_seconds_count{operation="list_tasks"} 15
mizan_http_connections 1
`;

test("samples_have_their_name_labels_and_value", () => {
  const samples = parseMetrics(kText);
  expect(samples).toHaveLength(7);
  expect(samples[0]).toEqual({ name: "mizan_http_requests_total", labels: { operation: "list_tasks", status: "2xx" }, value: 12 });
  expect(samples[6]).toEqual({ name: "mizan_http_connections", labels: {}, value: 1 });
});

test("operations_are_summed_over_their_statuses_the_busiest_first", () => {
  const rows = operationsOf(parseMetrics(kText));
  expect(rows.map((row) => row.requests)).toEqual([20, 15]);
  expect(rows[1]).toEqual({ name: "list_tasks", requests: 15, refused: 3, failed: 0, seconds: 3 });
  expect(rows[0]?.failed).toBe(20);
});
