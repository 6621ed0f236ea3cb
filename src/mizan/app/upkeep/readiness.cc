#include "mizan/app/upkeep/readiness.h"

#include "mizan/app/service.h"

namespace mizan::app {

Readiness check_readiness(Service& service) {
  const auto schema = service.database().check_schema();
  if (schema) return {.database_answers = true, .schema_is_current = true};
  const ErrorCode code = schema.error().code;
  const bool is_other_schema = code == ErrorCode::schema_too_old || code == ErrorCode::schema_too_new;
  return {.database_answers = is_other_schema, .schema_is_current = false};
}

}  // namespace mizan::app
