#include "mizan/store/sql/dialect.h"

#include <vector>

#include <gtest/gtest.h>

namespace mizan::store {
namespace {

struct Case {
  std::string_view text;
  std::string_view sqlite;
  std::string_view postgres;
};

TEST(Dialect, macros_are_expanded_outside_quotes_and_comments) {
  const Case cases[] = {
      {"a @int, b @text", "a INTEGER, b TEXT", "a BIGINT, b TEXT COLLATE \"C\""},
      {"a @blob, b @real", "a BLOB, b REAL", "a BYTEA, b DOUBLE PRECISION"},
      {") @clustered;", ") STRICT, WITHOUT ROWID;", ") ;"},
      {") @table;", ") STRICT;", ") ;"},
      {"x = $1 AND y = $12", "x = ?1 AND y = ?12", "x = $1 AND y = $12"},
      {"x = '$1 @int' -- @int $1\n, $2", "x = '$1 @int' -- @int $1\n, ?2", "x = '$1 @int' -- @int $1\n, $2"},
      {"'it''s $1'", "'it''s $1'", "'it''s $1'"},
      {"@sqlite A\n@postgres B\nC", "A\n\nC", "\nB\nC"},
      {"x IN @integers($2) AND y", "x IN (SELECT value FROM json_each(?2)) AND y",
       "x = ANY(ARRAY(SELECT value::bigint FROM json_array_elements_text(($2)::json))) AND y"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(expand_macros(c.text, Dialect::sqlite), c.sqlite);
    EXPECT_EQ(expand_macros(c.text, Dialect::postgres), c.postgres);
  }
}

TEST(Dialect, a_list_is_json) {
  EXPECT_EQ(integer_list(std::vector<std::int64_t>{}), "[]");
  EXPECT_EQ(integer_list(std::vector<std::int64_t>{1, -2, 3}), "[1,-2,3]");
}

}  // namespace
}  // namespace mizan::store
