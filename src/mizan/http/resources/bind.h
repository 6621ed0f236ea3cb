// Short words that the files of this folder share: binding a function to a route, pages of ids.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <boost/json/array.hpp>

#include "mizan/base/id.h"
#include "mizan/base/result.h"
#include "mizan/http/handler.h"
#include "mizan/http/router.h"

namespace mizan::app {
class Service;
}

namespace mizan::http {

/// What a blocking route calls.
using RouteVerb = Result<Response> (*)(app::Service& service, Call& call);

/// A handler that calls `verb`; `service` outlives it.
[[nodiscard]] inline std::variant<BlockingHandler, DirectHandler> bind(app::Service& service,
                                                                       RouteVerb verb) {
  return blocking([&service, verb](Call& call) { return verb(service, call); });
}

/// The route as one whose calls carry secrets (Secrecy::secret).
[[nodiscard]] inline Route secret(Route route) {
  route.secrecy = Secrecy::secret;
  return route;
}

/// The cursor of a list that goes by id: the id, or none for the first page.
/// @errors invalid_argument
template <class IdType>
[[nodiscard]] Result<IdType> after_id(const PageQuery& page) {
  if (!page.after) return IdType{};
  auto id = parse_id<IdType>(*page.after);
  if (!id) return fail(ErrorCode::invalid_argument, "this is no cursor of this list", "after");
  return *std::move(id);
}

/// A page of a list that goes by id: a full page has a next one.
template <class Row, class ToJson, class IdOf>
[[nodiscard]] Response id_page(const std::vector<Row>& rows, const PageQuery& page, ToJson&& to_json,
                               IdOf&& id_of) {
  boost::json::array data;
  data.reserve(rows.size());
  for (const Row& row : rows) data.emplace_back(to_json(row));
  std::optional<std::string> next;
  if (!rows.empty() && rows.size() == page.limit) next = to_text(id_of(rows.back()));
  return page_response(std::move(data), next);
}

}  // namespace mizan::http
