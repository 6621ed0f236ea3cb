#include "mizan/http/router.h"

#include <algorithm>
#include <array>
#include <map>

#include "mizan/base/assert.h"

namespace mizan::http {
namespace {

std::vector<std::string> split_template(std::string_view path) {
  std::vector<std::string> parts;
  while (!path.empty()) {
    path.remove_prefix(1);  // the slash
    const std::size_t end = std::min(path.find('/'), path.size());
    parts.emplace_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  if (parts.size() == 1 && parts.front().empty()) parts.clear();
  return parts;
}

// "{batch_id}:start" → "batch_id", ":start".
struct ParameterSegment {
  std::string name, suffix;
};

ParameterSegment parameter_of(std::string_view segment) {
  const std::size_t end = segment.find('}');
  MIZAN_ASSERT(end != std::string_view::npos);
  return {std::string(segment.substr(1, end - 1)), std::string(segment.substr(end + 1))};
}

}  // namespace

// One segment deep in the tree of paths.
struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::map<std::string, std::unique_ptr<Node>, std::less<>> parameters;  // by suffix
  std::array<const Route*, kMethodCount> routes{};

  [[nodiscard]] bool has_route() const {
    return std::any_of(routes.begin(), routes.end(), [](const Route* route) { return route != nullptr; });
  }

  // The node that the segments from `at` lead to: literal first, then the longest suffix that fits.
  [[nodiscard]] const Node* walk(const std::vector<std::string>& segments, std::size_t at) const {
    if (at == segments.size()) return has_route() ? this : nullptr;
    const std::string& segment = segments[at];
    if (const auto found = literals.find(segment); found != literals.end())
      if (const Node* node = found->second->walk(segments, at + 1)) return node;
    const Node* best = nullptr;
    std::size_t best_suffix = 0;
    for (const auto& [suffix, next] : parameters) {
      if (segment.size() <= suffix.size() || !segment.ends_with(suffix)) continue;
      if (best != nullptr && suffix.size() <= best_suffix) continue;
      if (const Node* node = next->walk(segments, at + 1)) {
        best = node;
        best_suffix = suffix.size();
      }
    }
    return best;
  }
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;

void Router::add(Route route) {
  MIZAN_ASSERT(route.path.starts_with('/'));
  MIZAN_ASSERT(route.body == BodyMode::whole || std::holds_alternative<BlockingHandler>(route.handler));
  for (const auto& known : routes_) MIZAN_ASSERT(known->operation != route.operation);
  Node* node = root_.get();
  for (const std::string& segment : split_template(route.path)) {
    auto& next =
        segment.starts_with('{') ? node->parameters[parameter_of(segment).suffix] : node->literals[segment];
    if (!next) next = std::make_unique<Node>();
    node = next.get();
  }
  const Route*& place = node->routes[static_cast<std::size_t>(route.method)];
  MIZAN_ASSERT(place == nullptr);
  place = routes_.emplace_back(std::make_unique<Route>(std::move(route))).get();
}

namespace {

std::vector<std::pair<std::string, std::string>> parameters_of(const Route& route,
                                                               const std::vector<std::string>& segments) {
  std::vector<std::pair<std::string, std::string>> parameters;
  std::size_t at = 0;
  for (const std::string& part : split_template(route.path)) {
    if (part.starts_with('{')) {
      auto [name, suffix] = parameter_of(part);
      parameters.emplace_back(std::move(name), segments[at].substr(0, segments[at].size() - suffix.size()));
    }
    ++at;
  }
  return parameters;
}

}  // namespace

RouteMatch Router::find(Method method, const std::vector<std::string>& segments) const {
  const Node* node = root_->walk(segments, 0);
  if (node == nullptr) return {};
  RouteMatch match;
  match.route = node->routes[static_cast<std::size_t>(method)];
  if (match.route == nullptr && method == Method::head)
    match.route = node->routes[static_cast<std::size_t>(Method::get)];
  if (match.route != nullptr) {
    match.path_parameters = parameters_of(*match.route, segments);
    return match;
  }
  for (std::size_t each = 0; each < kMethodCount; ++each) {
    const bool is_head_of_get = each == static_cast<std::size_t>(Method::head) &&
                                node->routes[static_cast<std::size_t>(Method::get)] != nullptr;
    if (node->routes[each] != nullptr || is_head_of_get || each == static_cast<std::size_t>(Method::options))
      match.allowed.push_back(static_cast<Method>(each));
  }
  return match;
}

const std::vector<std::unique_ptr<Route>>& Router::routes() const {
  return routes_;
}

const std::string& Call::parameter(std::string_view name) const {
  const auto found = std::find_if(path_parameters.begin(), path_parameters.end(),
                                  [&](const auto& parameter) { return parameter.first == name; });
  MIZAN_ASSERT(found != path_parameters.end());
  return found->second;
}

}  // namespace mizan::http
