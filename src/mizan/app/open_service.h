// Opens a database and makes the Service over it: how a command of the program, or the server, begins.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "mizan/app/service.h"
#include "mizan/base/clock.h"
#include "mizan/base/result.h"
#include "mizan/store/database.h"

namespace mizan::app {

enum class Migrations : std::uint8_t {
  apply,  ///< bring the schema up to date
  check,  ///< refuse a schema that is older or newer than this program's
};

struct OpenServiceOptions {
  std::string database = "mizan.db";  ///< path of a SQLite file, or postgresql://…
  store::DatabaseOptions database_options{};
  Migrations migrations = Migrations::check;
  bool must_exist = true;  ///< a SQLite file that is not there is file_not_found instead of being made
};

/// A Service with everything that it refers to.
class OpenService {
 public:
  /// Takes the next node number of the database.
  /// @errors file_not_found, schema_too_old, schema_too_new, and those of Database::open
  [[nodiscard]] static Result<std::unique_ptr<OpenService>> open(const OpenServiceOptions& options);

  [[nodiscard]] Service& service() { return *service_; }
  [[nodiscard]] store::Database& database() { return *database_; }
  [[nodiscard]] std::uint64_t seed() const { return seed_; }

 private:
  SystemClock clock_;
  std::unique_ptr<store::Database> database_;
  std::uint64_t seed_ = 0;
  std::unique_ptr<Service> service_;  // last: it refers to the others
};

}  // namespace mizan::app
