// Exports over a socket: formats, compression, refusals.
#include <string>

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

#include "mizan/http/server/gzip.h"
#include "support/api_server.h"
#include "support/http_client.h"
#include "support/work_world.h"

namespace mizan::http {
namespace {

class ExportRoutes : public testing::Test {
 protected:
  ExportRoutes() {
    world_.add_tasks({.count = 2});
    const auto annotator = world_.add_annotator();
    for (int i = 0; i < 2; ++i) {
      const auto lease = world_.lease(annotator);
      EXPECT_TRUE(lease && *lease);
      EXPECT_TRUE(world_.submit(annotator, (*lease)->row.assignment_id));
    }
  }

  test::HttpAnswer get(const std::string& rest, std::vector<std::string> headers = {}) {
    headers.push_back(api_.owner());
    test::HttpClient client(api_.port());
    return client.request("GET", "/api/v1/projects/" + to_text(world_.project()) + rest, "", headers);
  }

  test::ApiServer api_;
  test::WorkWorld world_{api_.service().database()};
};

TEST_F(ExportRoutes, stream_lines_of_json_by_default) {
  const auto answer = get("/annotations:export");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("content-type"), "application/x-ndjson");
  EXPECT_EQ(answer.header("content-disposition"), "attachment; filename=\"annotations.jsonl\"");
  EXPECT_FALSE(answer.is_cut);
  EXPECT_EQ(std::count(answer.body.begin(), answer.body.end(), '\n'), 2);
  const auto first = boost::json::parse(answer.body.substr(0, answer.body.find('\n')));
  EXPECT_EQ(first.at("answers").at("safe").as_string(), "yes");
}

TEST_F(ExportRoutes, are_gzipped_for_who_accepts_it) {
  const auto plain = get("/consensus:export?format=csv");
  const auto packed = get("/consensus:export?format=csv", {"Accept-Encoding: gzip"});
  EXPECT_EQ(plain.header("content-type"), "text/csv");
  EXPECT_EQ(packed.header("content-encoding"), "gzip");
  const auto unpacked = gunzipped(packed.body, 1 << 20);
  ASSERT_TRUE(unpacked);
  EXPECT_EQ(*unpacked, plain.body);
  EXPECT_THAT(plain.body, testing::StartsWith("task_id,external_id,state,question,answer,confidence,"));
}

TEST_F(ExportRoutes, of_parquet_are_whole_files) {
  const auto answer = get("/annotations:export?format=parquet&newest=true", {"Accept-Encoding: gzip"});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("content-type"), "application/vnd.apache.parquet");
  EXPECT_EQ(answer.header("content-encoding"), "");
  EXPECT_THAT(answer.body, testing::StartsWith("PAR1"));
  EXPECT_THAT(answer.body, testing::EndsWith("PAR1"));
}

TEST_F(ExportRoutes, refuse_what_they_do_not_know) {
  EXPECT_EQ(get("/annotations:export?format=xlsx").status, 400);
  EXPECT_EQ(get("/annotations:export?newst=true").status, 400);
  test::HttpClient client(api_.port());
  EXPECT_EQ(client.request("GET", "/api/v1/projects/prj_0000000000001/annotations:export", "", {api_.owner()})
                .status,
            404);
}

}  // namespace
}  // namespace mizan::http
