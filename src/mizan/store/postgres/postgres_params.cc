#include "mizan/store/postgres/postgres_params.h"

#include <bit>
#include <cstdint>

namespace mizan::store {
namespace {
constexpr unsigned kBytea = 17;
constexpr unsigned kInt8 = 20;
constexpr unsigned kFloat8 = 701;
}  // namespace

unsigned type_oid(Value::Kind kind) {
  switch (kind) {
    case Value::Kind::integer:
      return kInt8;
    case Value::Kind::real:
      return kFloat8;
    case Value::Kind::blob:
      return kBytea;
    case Value::Kind::text:
      return 0;
  }
  return 0;
}

Result<void> PostgresParams::encode(Params params) {
  values_.clear();
  lengths_.clear();
  formats_.clear();
  numbers_.clear();
  texts_.clear();
  // Reserved, so that pointers into them stay good.
  numbers_.reserve(params.size());
  texts_.reserve(params.size());
  for (const Value& value : params) {
    if (value.is_null) {
      add(nullptr, 0, false);
    } else if (value.kind == Value::Kind::integer) {
      add(add_number(static_cast<std::uint64_t>(value.integer)), 8, true);
    } else if (value.kind == Value::Kind::real) {
      add(add_number(std::bit_cast<std::uint64_t>(value.real)), 8, true);
    } else if (value.kind == Value::Kind::blob) {
      add(value.bytes.empty() ? "" : value.bytes.data(), value.bytes.size(), true);
    } else {
      if (value.bytes.find('\0') != std::string_view::npos) {
        return fail(ErrorCode::invalid_argument, "a text holds the character U+0000, which cannot be stored",
                    {}, "leave that character out");
      }
      add(texts_.emplace_back(value.bytes).c_str(), value.bytes.size(), false);
    }
  }
  return {};
}

void PostgresParams::add(const char* value, std::size_t length, bool binary) {
  values_.push_back(value);
  lengths_.push_back(static_cast<int>(length));
  formats_.push_back(binary ? 1 : 0);
}

const char* PostgresParams::add_number(std::uint64_t bits) {
  auto& bytes = numbers_.emplace_back();
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<char>(bits >> (8 * (bytes.size() - 1 - i)));
  }
  return bytes.data();
}

}  // namespace mizan::store
