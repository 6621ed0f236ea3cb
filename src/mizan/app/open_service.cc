#include "mizan/app/open_service.h"

#include <filesystem>
#include <random>

#include "mizan/store/nodes.h"

namespace mizan::app {
namespace {

bool is_file(const std::string& database) {
  return !database.starts_with("postgresql://") && !database.starts_with("postgres://");
}

std::uint64_t fresh_seed() {
  std::random_device device;
  return std::uint64_t{device()} << 32 | device();
}

}  // namespace

Result<std::unique_ptr<OpenService>> OpenService::open(const OpenServiceOptions& options) {
  if (options.must_exist && is_file(options.database) && !std::filesystem::exists(options.database)) {
    return fail(ErrorCode::file_not_found, "there is no database", options.database,
                "name it with --database, or make one with `mizan serve`");
  }
  auto opened = std::make_unique<OpenService>();
  MIZAN_TRY(opened->database_, store::Database::open(options.database, options.database_options));
  MIZAN_CHECK_OK(options.migrations == Migrations::apply ? opened->database_->migrate()
                                                         : opened->database_->check_schema());
  MIZAN_TRY(const std::uint32_t node, store::take_node_number(*opened->database_, opened->clock_.now()));
  opened->seed_ = fresh_seed();
  opened->service_ = std::make_unique<Service>(ServiceParts{
      .database = *opened->database_, .clock = opened->clock_, .node_number = node, .seed = opened->seed_});
  return opened;
}

}  // namespace mizan::app
