// What the files of this folder share: names of classes, shares of the query, numbers that may not be known.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "mizan/app/models/live_models.h"
#include "mizan/app/quality/scorecards.h"
#include "mizan/base/result.h"
#include "mizan/http/server/request.h"

namespace mizan::http {

/// The name of a class; its code where the project has none for it.
[[nodiscard]] std::string class_name(const app::ProjectClasses& classes, std::string_view question,
                                     std::int64_t code);
/// A number from 0 to 1 of the query; absent = `otherwise`. @errors invalid_argument
[[nodiscard]] Result<double> query_share(const Request& request, std::string_view name, double otherwise);

/// What cannot be known is null.
[[nodiscard]] boost::json::value number(double value);
[[nodiscard]] boost::json::value maybe_number(const std::optional<double>& value);
[[nodiscard]] boost::json::value interval_json(const supplier::Interval& ends);
[[nodiscard]] std::string_view basis_name(supplier::Basis basis);
/// accuracy, accuracy_interval, basis and the counts that they stand on.
[[nodiscard]] boost::json::object accuracy_json(const supplier::Accuracy& accuracy);
[[nodiscard]] boost::json::object pair_json(const app::ScorecardPair& pair);

}  // namespace mizan::http
